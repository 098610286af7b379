// An invoice run over everything that billing does with a share (claim it, choose VAT and code, draft, number at issue, post)
// against one INSERT … SELECT of the same lines; 109 and 436 schools with twelve months of charges show that it is linear.
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = (path) => import(join(root, 'dist', path));
const period = { from: '2025-09-01', to: '2026-08-31' };

/** @param {{pgUrl: string}} options a server on which a database may be made; it is dropped afterwards. */
export async function run({ pgUrl }) {
  const database = `bench_invoices_${process.pid}`;
  const admin = new pg.Client({ connectionString: pgUrl });
  await admin.connect();
  await admin.query(`create database ${database}`);
  const url = new URL(pgUrl);
  url.pathname = `/${database}`;
  const app = await startProgram(url.href);
  const owner = new pg.Pool({ connectionString: url.href, max: 2 });
  try {
    return await measure(app, owner);
  } finally {
    await owner.end();
    await app.close();
    await admin.query(`drop database ${database} with (force)`);
    await admin.end();
  }
}

async function startProgram(databaseUrl) {
  const { createApp } = await dist('api/src/app.js');
  const { loadMigrations, prepareDatabase } = await dist('api/src/platform/prepare.js');
  const connection = await prepareDatabase(databaseUrl, await loadMigrations(join(root, 'dist/migrations')), () => {});
  const app = await createApp({ port: 0, host: '127.0.0.1', databaseUrl, dataDir: '', demo: false, limits: false, worksJobs: false, demoPassword: undefined, installationKey: 'the key of the benchmark, known to everybody', publicUrl: 'http://localhost', trustedProxies: 'loopback', smtp: undefined, mailFrom: 'Fairshare <fairshare@localhost>' }, connection);
  await app.init();
  return app;
}

/** Charges as a year leaves them: `charges` of them, each shared equally over all schools; a hand-made copy of what sharing stores. */
async function makeYear(owner, schools, charges) {
  const id = randomUUID();
  const urns = Array.from({ length: schools }, (_, i) => String(200_000 + schools * 1000 + i));
  await owner.query(`insert into school (urn, name, kind, status, la_code) select u, 'School ' || u, 'maintained', 'open', '937' from unnest($1::text[]) u`, [urns]);
  await owner.query(`insert into collaboration (id, name, zone, nation, lead_school_urn) values ($1, $2, 'Europe/London', 'england', $3)`, [id, `Bench ${schools}`, urns[0]]);
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query(`set local session_replication_role = replica`);
    await client.query(
      `insert into charge (id, collaboration_id, kind, description, pence, service_from, service_to, belongs_on, counts_on, charged_on, charged_by)
       select gen_random_uuid(), $1, 'adjustment', 'Session ' || n, 100 * $3, d, d, d, d, d, 'Bench'
         from generate_series(1, $2::integer) n, lateral (select '2025-09-01'::date + (n * 360 / $2)::integer as d) day`,
      [id, charges, schools],
    );
    await client.query(`insert into share_set (charge_id, collaboration_id, basis, shared_at, counts_on) select id, $1, '{}', now(), counts_on from charge where collaboration_id = $1`, [id]);
    await client.query(
      `insert into share (id, collaboration_id, charge_id, sequence, urn, pence, exact_pence, carried_before, carried_after, explanation)
       select gen_random_uuid(), $1, c.id, row_number() over (), u, 100, '100', '0', '0', '{}' from charge c cross join unnest($2::text[]) u where c.collaboration_id = $1`,
      [id, urns],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
  await owner.query('analyze');
  return { id, shares: schools * charges };
}

/** Milliseconds of drafting and of issuing. */
async function runInvoices(app, owner, { id }) {
  const { Drafting } = await dist('api/src/billing/drafting.js');
  const { Issuing } = await dist('api/src/billing/issuing.service.js');
  const { systemScope } = await dist('api/src/platform/actor.js');
  const runId = randomUUID();
  await owner.query(`insert into invoice_run (id, collaboration_id, from_on, to_on, state, started_at, started_by) values ($1, $2, $3, $4, 'waiting', now(), 'Bench')`, [runId, id, period.from, period.to]);
  const began = performance.now();
  await app.get(Drafting, { strict: false }).work({ collaborationId: id, runId });
  const drafted = performance.now();
  await app.get(Issuing, { strict: false }).issueRun(systemScope([id]), id, runId);
  return { draftMs: drafted - began, issueMs: performance.now() - drafted };
}

/** The same lines once more, in one statement, with the same indexes, checks and foreign keys. */
async function insertSelect(owner, { id }) {
  await owner.query(`create table bare_line (like invoice_line including all)`);
  await owner.query(`alter table bare_line add foreign key (collaboration_id, invoice_id) references invoice (collaboration_id, id), add foreign key (collaboration_id, share_id) references share (collaboration_id, id)`);
  const began = performance.now();
  await owner.query('insert into bare_line select * from invoice_line where collaboration_id = $1', [id]);
  const ms = performance.now() - began;
  await owner.query('drop table bare_line');
  return ms;
}

const round = (value, digits = 2) => Number(value.toFixed(digits));

async function measure(app, owner) {
  await runInvoices(app, owner, await makeYear(owner, 20, 50));
  const small = await makeYear(owner, 109, 228);
  const smallMs = await runInvoices(app, owner, small);
  const large = await makeYear(owner, 436, 228);
  const heapBefore = process.memoryUsage().rss;
  const largeMs = await runInvoices(app, owner, large);
  const grewMb = (process.memoryUsage().rss - heapBefore) / 1024 / 1024;
  const bareMs = await insertSelect(owner, large);
  const rate = (shares, ms) => (shares / ms) * 1000;
  const perShare = (times, year) => (times.draftMs + times.issueMs) / year.shares;
  const share = bareMs / (largeMs.draftMs + largeMs.issueMs);
  const linear = perShare(largeMs, large) / perShare(smallMs, small);
  return {
    name: 'Invoice run',
    rows: [
      { label: `${large.shares} shares of 436 schools: drafted`, value: round(rate(large.shares, largeMs.draftMs), 0), unit: 'shares/s' },
      { label: `${large.shares} shares of 436 schools: issued and posted`, value: round(largeMs.issueMs, 0), unit: 'ms' },
      { label: 'one INSERT … SELECT of the same lines', value: round(rate(large.shares, bareMs), 0), unit: 'lines/s' },
      { label: 'memory that the large run added', value: round(grewMb, 0), unit: 'MB' },
    ],
    ratios: [
      { label: 'run / INSERT … SELECT', value: round(share), aim: '≥ 0.3', ok: share >= 0.3 },
      { label: 'time a share, 436 schools / 109 schools', value: round(linear), aim: '≤ 1.3', ok: linear <= 1.3 },
    ],
  };
}
