// What the benchmarks of booking stand on: the program on a database of its own, and a collaboration in it.
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = (path) => import(join(root, 'dist', path));
const password = 'a sentence nobody would guess';
export const today = '2026-09-14';
const schoolsPerCollaboration = 10;

/** The program on a database of its own, both gone afterwards. */
export async function withProgram(pgUrl, name, work) {
  const database = `bench_${name}_${process.pid}`;
  const admin = new pg.Client({ connectionString: pgUrl });
  await admin.connect();
  await admin.query(`create database ${database}`);
  const url = new URL(pgUrl);
  url.pathname = `/${database}`;
  const program = await startProgram(url.href);
  const owner = new pg.Pool({ connectionString: url.href, max: 10 });
  try {
    return await work({ ...program, owner, databaseUrl: url.href });
  } finally {
    await owner.end();
    await program.app.close();
    await admin.query(`drop database ${database} with (force)`);
    await admin.end();
  }
}

/** Starts the server on a Monday morning in term, whatever the day is. */
export async function startProgram(databaseUrl) {
  const { createApp } = await dist('api/src/app.js');
  const { loadMigrations, prepareDatabase } = await dist('api/src/platform/prepare.js');
  const { Clock } = await dist('api/src/platform/clock.js');
  const { Passwords } = await dist('api/src/identity/passwords.js');
  const { Database } = await dist('api/src/platform/database.js');
  const { Personal } = await dist('api/src/platform/personal.js');
  const { systemScope } = await dist('api/src/platform/actor.js');
  const connection = await prepareDatabase(databaseUrl, await loadMigrations(join(root, 'dist/migrations')), () => {});
  const config = { port: 0, host: '127.0.0.1', databaseUrl, dataDir: '', demo: false, limits: false, worksJobs: false, demoPassword: undefined, installationKey: 'the key of the benchmark, known to everybody', publicUrl: 'http://localhost', trustedProxies: 'loopback', smtp: undefined, mailFrom: 'Fairshare <fairshare@localhost>' };
  const app = await createApp(config, connection);
  app.get(Clock).now = () => new Date(`${today}T07:00:00Z`);
  await app.listen(0, '127.0.0.1');
  const people = {
    hash: await app.get(Passwords).hash(password),
    lookup: (text) => app.get(Personal).lookup(text),
    seal: (id, text) => app.get(Database).write(systemScope(), (tx) => app.get(Personal).seal(tx, id, text, 'person')),
  };
  return { app, base: `http://127.0.0.1:${app.getHttpServer().address().port}`, people };
}

/** A plain client on connections that stay open, since `fetch` costs more than some of the answers that are measured. */
export function clientOf(base, cookie) {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  return (path, body) =>
    new Promise((resolve, reject) => {
      const sent = request(base + path, { agent, method: body ? 'POST' : 'GET', headers: { cookie, 'content-type': 'application/json' } }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve({ status: answer.statusCode, text: async () => text, json: async () => JSON.parse(text) });
        });
      });
      sent.on('error', reject);
      sent.end(body ? JSON.stringify(body) : undefined);
    });
}

export async function signIn(base, email) {
  const answer = await fetch(`${base}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) });
  if (answer.status !== 200) throw new Error(`Signing in answered ${answer.status}.`);
  return answer.headers.getSetCookie()[0].split(';')[0];
}

/** A collaboration of ten schools with term dates, an agreement with so many specialists and a coordinator who can sign in. */
export async function makeCollaboration(owner, number, specialists, people) {
  const id = randomUUID();
  const urns = Array.from({ length: schoolsPerCollaboration }, (_, i) => String(100_000 + number * schoolsPerCollaboration + i));
  const specialistIds = Array.from({ length: specialists }, () => randomUUID());
  const [agreementId, serviceId, supplierId, userId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const email = `coordinator-${number}@bench.example`;
  const client = await owner.connect();
  const q = (text, values) => client.query(text, values);
  try {
    await q('begin');
    await q(`insert into school (urn, name, kind, status, la_code, la_name, phase) select u, 'School ' || u, 'maintained', 'open', '937', 'Warwickshire', 'Primary' from unnest($1::text[]) u`, [urns]);
    await q(`insert into collaboration (id, name, zone, nation, lead_school_urn) values ($1, $2, 'Europe/London', 'england', $3)`, [id, `Cluster ${number}`, urns[0]]);
    await q(`insert into membership (id, collaboration_id, urn, from_on) select gen_random_uuid(), $1, u, '2020-09-01' from unnest($2::text[]) u`, [id, urns]);
    for (const [kind, from, to] of [['term', '2026-09-01', '2026-12-18'], ['half-term', '2026-10-26', '2026-10-30'], ['term', '2027-01-04', '2027-07-21']]) {
      await q(`insert into calendar_entry (id, collaboration_id, level, la_code, kind, name, from_on, to_on) values (gen_random_uuid(), $1, 'local-authority', '937', $2, $2, $3, $4)`, [id, kind, from, to]);
    }
    await q(`insert into service (id, collaboration_id, name, kind, colour, for_staff) values ($1, $2, 'Psychology', 'educational-psychology', 'blue', true)`, [serviceId, id]);
    await q(`insert into supplier (id, collaboration_id, name, kind) values ($1, $2, 'Supplier', 'company')`, [supplierId, id]);
    await q(`insert into specialist (id, name) select s, '{sealed:' || s || ':A}' from unnest($1::uuid[]) s`, [specialistIds]);
    await q(`insert into engagement (id, collaboration_id, specialist_id, supplier_id, from_on) select gen_random_uuid(), $1, s, $2, '2020-01-01' from unnest($3::uuid[]) s`, [id, supplierId, specialistIds]);
    const periods = JSON.stringify([1, 2, 3, 4, 5].map((weekday) => ({ weekday, startMinute: 480, endMinute: 1080 })));
    await q(`insert into working_pattern (id, collaboration_id, specialist_id, valid_from, term_time_only, periods) select gen_random_uuid(), $1, s, '2020-01-01', false, $2 from unnest($3::uuid[]) s`, [id, periods, specialistIds]);
    await q(
      `insert into agreement (id, collaboration_id, service_id, supplier_id, name, starts_on, ends_on, price_basis, price_at, unit, notice_days, lead_time_days,
         cancellation_bands, needs_approval, objection_days, minimum_notice_hours, horizon_days, lengths_minutes, step_minutes, morning_start_minute, morning_end_minute,
         afternoon_start_minute, afternoon_end_minute, before_minutes, after_minutes, pay_as_you_go)
       values ($1, $2, $3, $4, 'Psychology', '2026-09-01', '2027-08-31', 'hour', 'order', 'hour', 90, 30, '[]', false, 5, 0, 365, '{}', 30, 540, 720, 780, 960, 0, 0, false)`,
      [agreementId, id, serviceId, supplierId],
    );
    await q(`insert into agreement_price (collaboration_id, agreement_id, effective_on, pence) values ($1, $2, '2026-09-01', 6000)`, [id, agreementId]);
    await q(`insert into agreement_specialist (collaboration_id, agreement_id, specialist_id) select $1, $2, s from unnest($3::uuid[]) s`, [id, agreementId, specialistIds]);
    await q(`insert into subscription (id, collaboration_id, agreement_id, urn, from_on, entitlement_milliunits) select gen_random_uuid(), $1, $2, u, '2026-09-01', 100000000 from unnest($3::text[]) u`, [id, agreementId, urns]);
    const [sealedEmail, sealedName] = [await people.seal(userId, email), await people.seal(userId, 'Carol')];
    await q('insert into app_user (id, email, email_index, name, password_hash) values ($1, $2, $3, $4, $5)', [userId, sealedEmail, people.lookup(email), sealedName, people.hash]);
    await q(`insert into role_grant (id, user_id, role, collaboration_id) values (gen_random_uuid(), $1, 'coordinator', $2)`, [userId, id]);
    await q('commit');
  } finally {
    client.release();
  }
  return { id, urns, specialistIds, agreementId, email, userId };
}
