import { z } from 'zod';
import { providerFields, providerSettings, type ProviderSettings } from './provider-settings.js';
import { withSecretFiles } from './secret-files.js';
import { smtpFields, smtpSettings, type SmtpSettings } from './smtp-settings.js';

const Settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.url().optional(),
  DATA_DIR: z.string().default('./data'),
  FAIRSHARE_DEMO: z.enum(['on', 'off']).default('on'),
  FAIRSHARE_LIMITS: z.enum(['on', 'off']).default('on'),
  FAIRSHARE_WORKER: z.enum(['inside', 'outside']).default('inside'),
  DEMO_PASSWORD: z.string().min(8).optional(),
  FAIRSHARE_KEY: z.string().min(32).optional(),
  TRUSTED_PROXIES: z.string().regex(/^[\w.:/, ]+$/).default('loopback'),
  SECURITY_CONTACT: z.string().regex(/^(mailto:|https:\/\/)\S+$/).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  FAIRSHARE_OUTBOUND: z.enum(['public', 'loopback']).default('public'),
  ...smtpFields,
  ...providerFields,
});

/** The name of every setting. */
export const settingNames: readonly string[] = Object.keys(Settings.shape);

/** Everything that can be set from outside; docs/operations.md explains each. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** An outside PostgreSQL; absent means the embedded one in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly demo: boolean;
  readonly limits: boolean;
  /** False when jobs are left to separate `npm run worker` processes. */
  readonly worksJobs: boolean;
  readonly demoPassword: string | undefined;
  /** What the keys of people are wrapped with; the start makes one in the data folder when none is given. */
  readonly installationKey: string;
  /** Where people's browsers find this installation, for links in mails. */
  readonly publicUrl: string;
  /** The proxies whose word about a request's address and scheme is taken: `loopback`, `uniquelocal`, addresses and ranges. */
  readonly trustedProxies: string;
  /** Whom to tell of a weakness: a `mailto:` or `https:` address for security.txt. */
  readonly securityContact: string | undefined;
  /** The mail server; absent means that mails are kept for an administrator to read. */
  readonly smtp: SmtpSettings | undefined;
  readonly mailFrom: string;
  /** Where people may sign in besides here. */
  readonly providers: readonly ProviderSettings[];
  /** For tests only: calendars may also be read from 127.0.0.1. */
  readonly outboundLoopback: boolean;
}

/** Refuses a wrong setting with one sentence that names it. One that is there and empty, as container files leave it, is not set. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const read = Settings.safeParse(withSecretFiles(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))));
  if (!read.success) {
    const first = read.error.issues[0];
    throw new Error(`The setting ${String(first?.path[0])} is not usable: ${first?.message ?? 'unknown reason'}.`);
  }
  const s = read.data;
  return {
    port: s.PORT,
    host: s.HOST,
    databaseUrl: s.DATABASE_URL,
    dataDir: s.DATA_DIR,
    demo: s.FAIRSHARE_DEMO === 'on',
    limits: s.FAIRSHARE_LIMITS === 'on',
    worksJobs: s.FAIRSHARE_WORKER === 'inside',
    demoPassword: s.DEMO_PASSWORD,
    installationKey: s.FAIRSHARE_KEY ?? '',
    publicUrl: s.PUBLIC_URL ?? `http://localhost:${s.PORT}`,
    trustedProxies: s.TRUSTED_PROXIES,
    securityContact: s.SECURITY_CONTACT,
    smtp: smtpSettings(s),
    outboundLoopback: s.FAIRSHARE_OUTBOUND === 'loopback',
    mailFrom: s.MAIL_FROM ?? 'Fairshare <fairshare@localhost>',
    providers: providerSettings(s),
  };
}

/** The token under which the configuration is injected. */
export const CONFIG = Symbol('config');
