import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../harness.js';

/** What the database's own catalogue says about the second line of defence. */
let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});

/** Columns that name a row of the same collaboration without a foreign key, each with its reason. */
const loose: Readonly<Record<string, string>> = {
  'role_grant.supplier_id': 'identity comes before procurement, and a key follows the same arrows; whoever grants the role checks the supplier',
  'trail_seal.trail_id': 'written by the trail’s own trigger; a line above every collaboration has none to carry along',
};

const hasCollaboration = (table: string) => `exists (select from pg_attribute a where a.attrelid = ${table} and a.attname = 'collaboration_id' and not a.attisdropped)`;

describe('the catalogue', () => {
  it('When a row points at a row of a collaboration, then the foreign key carries the collaboration along', async () => {
    const keys = await app.sql<{ name: string; child: string; parent: string; pairs: string[] }>(
      `select k.conname as name, k.conrelid::regclass::text as child, k.confrelid::regclass::text as parent,
              (select array_agg(a.attname || '=' || b.attname) from unnest(k.conkey, k.confkey) as part(own, other)
                 join pg_attribute a on a.attrelid = k.conrelid and a.attnum = own join pg_attribute b on b.attrelid = k.confrelid and b.attnum = other) as pairs
         from pg_constraint k join pg_namespace n on n.oid = k.connamespace
        where k.contype = 'f' and n.nspname = 'public' and ${hasCollaboration('k.conrelid')} and ${hasCollaboration('k.confrelid')}`,
    );
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter((key) => !key.pairs.includes('collaboration_id=collaboration_id')).map((key) => `${key.child}.${key.name} → ${key.parent}`)).toEqual([]);
  });

  it('When a column is called after another table of the collaboration, then a foreign key holds it there', async () => {
    const columns = await app.sql<{ name: string }>(
      `select c.relname || '.' || a.attname as name
         from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
         join pg_class t on t.relnamespace = n.oid and t.relkind in ('r', 'p') and a.attname in (t.relname || '_id', 'corrects_' || t.relname || '_id')
        where n.nspname = 'public' and c.relkind in ('r', 'p') and ${hasCollaboration('c.oid')} and ${hasCollaboration('t.oid')}
          and not exists (select from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid and a.attnum = any (k.conkey))`,
    );
    expect(columns.map(({ name }) => name).filter((name) => !(name in loose)).sort()).toEqual([]);
    expect(Object.keys(loose).filter((name) => !columns.some((column) => column.name === name))).toEqual([]);
  });

  it('When a table belongs to a collaboration, then its keys and the policy lead with the collaboration', async () => {
    const tables = await app.sql<{ name: string; keyed: boolean; policed: boolean }>(
      `select c.relname as name,
              exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and i.indkey[0] = a.attnum) as keyed,
              (select coalesce(bool_and(coalesce(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) ~ 'app_collaborations|app\\.'), false) from pg_policy p where p.polrelid = c.oid) as policed
         from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'collaboration_id' and not a.attisdropped and a.attnotnull
        where n.nspname = 'public' and c.relkind in ('r', 'p')`,
    );
    expect(tables.length).toBeGreaterThan(30);
    expect(tables.filter(({ keyed }) => !keyed).map(({ name }) => name)).toEqual([]);
    expect(tables.filter(({ policed }) => !policed).map(({ name }) => name)).toEqual([]);
  });

  it('When the program is connected, then its role owns nothing, passes no policy and may make nothing', async () => {
    const source = app.app.get(DataSource);
    const [role] = (await source.query(
      `select current_user as name, (select array_agg(l.rolsuper or l.rolbypassrls or l.rolcreaterole) from pg_roles l where l.rolname = session_user) as login, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin,
              (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'pgboss') and pg_has_role(current_user, c.relowner, 'member')) as owned,
              (select count(*)::int from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and pg_has_role(current_user, p.proowner, 'member')) as functions,
              has_schema_privilege('public', 'create') as creates
         from pg_roles where rolname = current_user`,
    )) as Record<string, unknown>[];
    expect(role).toEqual({ name: 'fairshare_app', login: [false], rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolcanlogin: false, owned: 0, functions: 0, creates: false });
    await expect(source.query('alter table membership disable row level security')).rejects.toThrow(/must be owner/);
    await expect(source.query('set role fairshare')).rejects.toThrow(/permission denied to set role/);
    await expect(source.query('truncate membership')).rejects.toThrow(/permission denied/);
  });

  it('When a function runs with its owner’s rights, then it is one that says why', async () => {
    const definers = await app.sql<{ name: string }>(`select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.prosecdef`);
    expect(definers).toEqual([]);
  });

  it('When views stand between the program and the tables, then they look with the reader’s rights', async () => {
    const views = await app.sql<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions) or 'security_invoker=on' = any (c.reloptions), false)`,
    );
    expect(views).toEqual([]);
  });
});

/** Work that looks across collaborations, each with its reason; everything else names the collaboration it works for. */
const across: Readonly<Record<string, string>> = {
  'audit/outbox.service.ts': 'the administrator looks at mail of the whole installation',
  'audit/retention.service.ts': 'lets go of what is kept too long, above and in all collaborations',
  'audit/trail.queries.ts': 'the administrator reads what stands above every collaboration',
  'availability/outside-busy-times.ts': 'finds which outside calendars are due; each is read in its own',
  'billing/invoice-runs.service.ts': 'at the start, finds runs that a killed process left; each goes on in its own',
  'bookings/entitlement-moves.service.ts': 'finds the collaborations; the periods of each end in its own',
  'bookings/feeds.service.ts': 'finds whose a secret address is; what is read then is in its own',
  'bookings/holds.service.ts': 'finds holds that ran out; each gives up its time in its own',
  'bookings/replanning.service.ts': 'finds where an absent specialist is booked; each is re-planned in its own',
  'bookings/waitlist-offers.ts': 'a specialist serves several collaborations, whose schools wait in one line; each is offered time in its own',
  'identity/first-administrator.ts': 'makes the first administrator, who stands above all',
  'identity/invited-people.ts': 'somebody invited may have roles or invitations in other collaborations, and only whether is told',
  'identity/personal-data-telling.ts': 'a person is erased everywhere at once',
  'identity/personal-data.service.ts': 'a person is one in all collaborations',
  'insight/invariants.queries.ts': 'the administrator checks the whole installation',
  'ledger/ledger-checks.service.ts': 'finds which collaborations have books; each is checked in its own',
  'platform/mail.ts': 'delivers mail, which names no row of any collaboration',
  'platform/personal.ts': 'encrypts the people of a database from before, who belong to no collaboration',
  'procurement/supplier-store.ts': 'encrypts the suppliers of a database from before',
  'schools/collaborations.service.ts': 'the administrator lists the collaborations',
  'sharing/instalments.service.ts': 'finds where an instalment is due; each is charged in its own',
};

describe('work that nobody asked for', () => {
  it('When it could see every collaboration, then its file is on the short list', () => {
    const folder = join(import.meta.dirname, '../../src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.startsWith('demo/'));
    const found = files.filter((name) => /systemScope\((?:'every')?\)|collaborationIds: 'every'/.test(readFileSync(join(folder, name), 'utf8')));
    expect(found.sort()).toEqual(Object.keys(across).sort());
  });

  it('When roles are read before anybody is known, then only through the function that gives one person’s own', () => {
    const folder = join(import.meta.dirname, '../../src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const found = files.filter((name) => /\.plain[^;]*\brole_grant\b/s.test(readFileSync(join(folder, name), 'utf8')));
    expect(found).toEqual(['identity/first-administrator.ts']);
  });
});
