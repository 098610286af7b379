import { z } from 'zod';

/** The mail server that takes what Fairshare sends. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS is used where the server offers it. */
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

export const smtpFields = {
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SMTP_HOST: z.string().min(1).optional(),
  SMTP_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  SMTP_USER: z.string().min(1).optional(),
  SMTP_PASSWORD: z.string().min(1).optional(),
  MAIL_FROM: z.string().includes('@').optional(),
};

type Fields = { [Name in keyof typeof smtpFields]?: z.infer<(typeof smtpFields)[Name]> };

/** Undefined when no server is named: mails are then kept for an administrator to read. */
export function smtpSettings(fields: Fields): SmtpSettings | undefined {
  if (!fields.SMTP_URL && !fields.SMTP_HOST) return undefined;
  if (!fields.MAIL_FROM) throw new Error('The setting MAIL_FROM is not usable: with a mail server it must name the address that mails come from.');
  const password = fields.SMTP_PASSWORD;
  if (fields.SMTP_URL) return fromUrl(new URL(fields.SMTP_URL), password);
  const port = fields.SMTP_PORT ?? 587;
  return { host: fields.SMTP_HOST as string, port, secure: port === 465, user: fields.SMTP_USER, password };
}

function fromUrl(url: URL, password: string | undefined): SmtpSettings {
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname,
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    user: url.username ? decodeURIComponent(url.username) : undefined,
    password: password ?? (url.password ? decodeURIComponent(url.password) : undefined),
  };
}
