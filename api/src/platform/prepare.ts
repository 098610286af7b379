import { createHash, createHmac } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { DataSource, type MigrationInterface } from 'typeorm';
import { applicationRole, dataSourceOptions, type Connection } from './data-source.js';
import { jobKinds } from './jobs.js';

type Migrations = (new () => MigrationInterface)[];

/** Every migration of a folder, in the order of their names. */
export async function loadMigrations(folder: string): Promise<Migrations> {
  const files = readdirSync(folder).filter((name) => /^\d+-.*\.[jt]s$/.test(name)).sort();
  const modules = await Promise.all(files.map((name) => import(pathToFileURL(join(folder, name)).href) as Promise<Record<string, new () => MigrationInterface>>));
  return modules.flatMap((module) => Object.values(module));
}

/**
 * Brings a database to head: the program's role, the migrations, the job queues. Safe to call from several
 * processes at once: an advisory lock lets one work and the others wait.
 * @returns how the program is to connect.
 */
export async function prepareDatabase(url: string, migrations: Migrations, log: (line: string) => void): Promise<Connection> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('fairshare:prepare'))`);
    const role = await prepareRole(client);
    await migrate(url, migrations, log);
    await prepareQueues(url);
    if (!role) return { url };
    await grantToRole(client, role);
    return { url: await loginUrl(client, url, role), role };
  } finally {
    await client.end();
  }
}

/** A superuser passes every policy, so the program steps down to a role that does not. A plain owner is held by FORCE. */
async function prepareRole(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ passes: boolean; may_create: boolean }>(
    `select rolsuper or rolbypassrls as passes, rolsuper or rolcreaterole as may_create from pg_roles where rolname = current_user`,
  );
  if (!rows[0]?.passes && !rows[0]?.may_create) return undefined;
  await client.query(`
    do $$ begin
      if not exists (select from pg_roles where rolname = '${applicationRole}') then create role ${applicationRole} nologin; end if;
    exception when duplicate_object or unique_violation then null;
    end $$`);
  await client.query(`grant ${applicationRole} to current_user`);
  return applicationRole;
}

/**
 * The address under which the program signs in: a login that has nothing but the role, so that even a statement smuggled in
 * could not step back up. Its password follows from the owner's, so that several processes agree on it without telling one
 * another. Where the owner has none, or the server lets no other login in, the owner steps down to the role instead.
 */
async function loginUrl(client: pg.Client, url: string, role: string): Promise<string> {
  // A socket's address may have no host, which is fine for the driver and not for a URL.
  if (!URL.canParse(url) || !new URL(url).password) return url;
  const own = new URL(url);
  const database = own.pathname.slice(1);
  own.username = `${role}_${createHash('sha256').update(database).digest('hex').slice(0, 8)}`;
  own.password = createHmac('sha256', decodeURIComponent(own.password)).update(`fairshare ${database}`).digest('base64url');
  const [name, password] = [client.escapeIdentifier(own.username), client.escapeLiteral(own.password)];
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [own.username]);
  if (!rowCount) await client.query(`create role ${name} login`);
  await client.query(`grant ${role} to ${name}`);
  if (await lets(own.href)) return own.href;
  await client.query(`alter role ${name} password ${password}`);
  return (await lets(own.href)) ? own.href : url;
}

async function lets(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

async function migrate(url: string, migrations: Migrations, log: (line: string) => void): Promise<void> {
  const source = new DataSource(dataSourceOptions({ url }, [], migrations));
  await source.initialize();
  try {
    const applied = await source.runMigrations({ transaction: 'each' });
    if (applied.length > 0) log(`Database: ${applied.length} migrations applied.`);
  } finally {
    await source.destroy();
  }
}

async function prepareQueues(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 2, supervise: false, schedule: false });
  await boss.start();
  try {
    for (const [name, options] of jobKinds()) await boss.createQueue(name, options);
  } finally {
    await boss.stop({ graceful: false });
  }
}

async function grantToRole(client: pg.Client, role: string): Promise<void> {
  for (const schema of ['public', 'pgboss']) {
    await client.query(`grant usage on schema ${schema} to ${role}`);
    await client.query(`grant select, insert, update, delete on all tables in schema ${schema} to ${role}`);
    await client.query(`grant usage, select on all sequences in schema ${schema} to ${role}`);
    await client.query(`grant execute on all functions in schema ${schema} to ${role}`);
  }
}
