import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createApp } from './app.js';
import { Demonstration } from './demo/demonstration.js';
import { discardInterruptedDemonstration } from './demo/interrupted.js';
import { Clock } from './platform/clock.js';
import { readConfig, type Config } from './platform/config.js';
import { secretOf, startEmbeddedPostgres } from './platform/embedded-postgres.js';
import { loadMigrations, prepareDatabase } from './platform/prepare.js';

const say = (line: string) => process.stdout.write(`${line}\n`);

export interface StartOptions {
  readonly webRoot: string;
  readonly migrationsFolder: string;
  /** Jobs only, no address. */
  readonly worker: boolean;
}

/** Starts everything in order and stops it in the reverse order; each failure ends in one sentence. */
export async function start(options: StartOptions): Promise<void> {
  // Whoever read our lines may have gone (`npm start | head`); that is no reason to leave the database running.
  process.stdout.on('error', () => undefined);
  const stops: (() => Promise<void>)[] = [];
  let stopping = false;
  const stopAll = async (code: number) => {
    if (stopping) return;
    stopping = true;
    for (const stop of stops.reverse()) await stop().catch((error: unknown) => say(String(error)));
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stopping) say('Stopping …');
      void stopAll(0);
    });
  }
  try {
    await run(readConfig(process.env), options, stops);
  } catch (error) {
    process.stderr.write(`\n${sentenceOf(error)}\n`);
    await stopAll(1);
  }
}

async function run(config: Config, options: StartOptions, stops: (() => Promise<void>)[]): Promise<void> {
  const began = Date.now();
  const { url, dataDir } = await databaseOf(config, options, stops);
  if (config.demo) await discardInterruptedDemonstration(url, !config.databaseUrl, say);
  const connection = await prepareDatabase(url, await loadMigrations(options.migrationsFolder), say);
  const demoPassword = config.demo ? (config.demoPassword ?? (dataDir ? secretOf(dataDir, 'demoPassword', readablePassword) : undefined)) : undefined;
  const installationKey = config.installationKey || keyOfDataFolder(dataDir ?? config.dataDir);
  const settings = { ...config, worksJobs: config.worksJobs || options.worker, demoPassword, installationKey };
  const app = await createApp(settings, connection, options.worker ? undefined : options.webRoot);
  stops.push(() => app.close());
  if (options.worker) {
    say('Fairshare is working on jobs; Ctrl-C stops it.');
    return;
  }
  const demonstration = app.get(Demonstration);
  if (config.demo) await demonstration.load(app, app.get(Clock).today(), say);
  await app.listen(config.port, config.host);
  const address = app.getHttpServer().address() as { port: number };
  say(`\nFairshare is ready at http://localhost:${address.port} (after ${((Date.now() - began) / 1000).toFixed(1)} s).`);
  if (!config.limits) say('Rate limits are off (FAIRSHARE_LIMITS=off): for tests and measurements only.');
  if (config.demo) for (const line of await demonstration.signIns()) say(line);
  say('Ctrl-C stops everything.');
}

async function databaseOf(config: Config, options: StartOptions, stops: (() => Promise<void>)[]): Promise<{ url: string; dataDir?: string }> {
  if (config.databaseUrl) return { url: config.databaseUrl };
  if (options.worker) throw new Error('A worker needs DATABASE_URL: the embedded database belongs to one process, which works its jobs itself.');
  const embedded = await startEmbeddedPostgres(config.dataDir, say);
  stops.push(() => embedded.stop());
  return embedded;
}

/** Without FAIRSHARE_KEY the installation makes its key at the first start and keeps it beside the data, for its own account only. */
function keyOfDataFolder(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true });
  return secretOf(dataDir, 'installationKey', () => randomBytes(32).toString('base64url'));
}

/** Three groups that can be read aloud over a telephone. */
function readablePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const pick = () => letters[Math.floor(crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32 * letters.length)];
  return Array.from({ length: 3 }, () => Array.from({ length: 5 }, pick).join('')).join('-');
}

function sentenceOf(error: unknown): string {
  const { code, message, address, port } = error as { code?: string; message: string; address?: string; port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program: stop it, or choose another with PORT=3001 npm start.`;
  if (code === 'EACCES' && port) return `Port ${port} needs more rights than this account has: choose one above 1023 with PORT=3000 npm start.`;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT' || code === 'EAI_AGAIN') {
    return `The database at ${address ?? 'DATABASE_URL'}${port ? `:${port}` : ''} cannot be reached: check that it runs and that DATABASE_URL is right.`;
  }
  if (code === '28P01' || code === '28000') return 'The database refuses the user or the password in DATABASE_URL: correct them there.';
  if (code === '3D000') return 'The database named in DATABASE_URL does not exist: create it, or correct the name.';
  if (code === '42501') return `The database user may not do what Fairshare needs (${message}): make it the owner of the database.`;
  return message || String(error);
}
