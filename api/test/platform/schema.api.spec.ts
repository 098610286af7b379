import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/platform/data-source.js';
import { loadMigrations } from '../../src/platform/prepare.js';
import { newDatabase, startApp, type TestApp } from '../harness.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});

/** Tables that no policy guards, each with its reason. */
const open: Readonly<Record<string, string>> = {
  migration: 'what was applied to this database',
  app_user: 'read to find out who is asking',
  session: 'read to find out who is asking',
  totp: 'a person’s own, read before anybody is signed in',
  recovery_code: 'a person’s own, read before anybody is signed in',
  outside_account: 'a person’s own, read before anybody is signed in',
  passkey: 'a person’s own, read before anybody is signed in',
  ticket: 'a challenge or a link, known by its secret only',
  retention_rule: 'the installation’s own settings',
  delegation: 'a person’s own, read to find out who is asking',
  personal_key: 'keys wrapped by the installation’s own, which is not in the database',
  idempotency_key: 'scoped to the user by its key',
  rate_limit: 'counts of tries by address and account, read before anybody is known',
  school: 'the national register, public',
  pupil_number: 'the national register, public',
  school_import: 'work of the administrator on the national register',
  specialist: 'one person for the whole system; what they do where is in engagement',
  document_series: 'a legal issuer numbers across the collaborations that it leads; the last number tells nothing about any',
  time_taken: 'who is busy when, without whose it is, so that two collaborations never sell one hour',
};

describe('the schema', () => {
  it('When the migrations have run on an empty database, then TypeORM finds no difference to the entities', async () => {
    const { upQueries } = await app.app.get(DataSource).driver.createSchemaBuilder().log();
    expect(upQueries.map((q) => q.query)).toEqual([]);
  });

  it('When a table belongs to a collaboration, then its row-level security is on and forced', async () => {
    const tables = await app.sql<{ name: string; forced: boolean; policies: number }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
              (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p')`,
    );
    const unguarded = tables.filter((t) => !(t.forced && t.policies > 0)).map((t) => t.name);
    expect(unguarded.filter((name) => !(name in open))).toEqual([]);
    expect(Object.keys(open).filter((name) => !tables.some((t) => t.name === name))).toEqual([]);
  });

  it('When no scope is set, then no row of any collaboration is seen', async () => {
    await app.collaboration({ schools: 2 });
    const source = app.app.get(DataSource);
    const [row] = (await source.query('select count(*)::int as seen from membership')) as { seen: number }[];
    expect(row?.seen).toBe(0);
    expect((await app.sql<{ n: number }>('select count(*)::int as n from membership'))[0]?.n).toBe(2);
  });

  it('When migrations go up, down and up again, then the schema is the same', async () => {
    const folder = join(import.meta.dirname, '../../../migrations');
    expect(readdirSync(folder).length).toBeGreaterThan(2);
    const url = (await newDatabase()).replace(/[^/]+$/, 'template1');
    const name = `updown_${Date.now()}`;
    const admin = new DataSource(dataSourceOptions({ url }, []));
    await admin.initialize();
    await admin.query(`create database ${name}`);
    await admin.destroy();
    const source = new DataSource(dataSourceOptions({ url: url.replace('template1', name) }, [], await loadMigrations(folder)));
    await source.initialize();
    const shape = async () =>
      JSON.stringify(
        await source.query(
          `select table_name, column_name, data_type, is_nullable from information_schema.columns
            where table_schema = 'public' order by table_name, ordinal_position`,
        ),
      );
    await source.runMigrations({ transaction: 'each' });
    const first = await shape();
    for (let i = source.migrations.length; i > 0; i--) await source.undoLastMigration({ transaction: 'each' });
    const [left] = (await source.query(`select count(*)::int as n from information_schema.tables where table_schema = 'public' and table_name <> 'migration'`)) as { n: number }[];
    expect(left?.n).toBe(0);
    await source.runMigrations({ transaction: 'each' });
    expect(await shape()).toBe(first);
    await source.destroy();
  });
});
