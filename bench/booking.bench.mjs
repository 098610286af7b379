// Booking through HTTP against the same checks and inserts as one SQL transaction through pg; a hundred who want one hour;
// slots of thirty specialists; and a week of the calendar with 1, 58 and 580 collaborations in the database.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import pg from 'pg';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = (path) => import(join(root, 'dist', path));
const password = 'a sentence nobody would guess';
const today = '2026-09-14';
const schoolsPerCollaboration = 10;

/** @param {{pgUrl: string}} options a server on which databases may be made; they are dropped afterwards. */
export async function run({ pgUrl }) {
  const booking = await withProgram(pgUrl, 'booking', measureBooking);
  const calendar = await measureCalendar(pgUrl);
  const spread = Math.max(...calendar.map(({ ms }) => ms)) / Math.min(...calendar.map(({ ms }) => ms));
  return {
    name: 'Booking',
    rows: [
      { label: 'through HTTP, eight at a time', value: round(booking.throughput.http), unit: 'bookings/s' },
      { label: 'the same checks and inserts through pg, eight at a time', value: round(booking.throughput.direct), unit: 'bookings/s' },
      { label: 'a hundred parallel requests for one hour, worst of six rounds', value: round(booking.worstMs), unit: 'ms' },
      { label: 'slots of 30 specialists over 5 weeks at 20 requests a second, p95', value: round(booking.slotsMs), unit: 'ms' },
      ...calendar.map(({ collaborations, ms }) => ({ label: `a week of the calendar with ${collaborations} collaborations, median`, value: round(ms, 2), unit: 'ms' })),
    ],
    ratios: [
      { label: 'HTTP / pg', value: round(booking.throughput.http / booking.throughput.direct, 2), aim: '≥ 0.5', ok: booking.throughput.http >= 0.5 * booking.throughput.direct },
      { label: 'worst contested round', value: round(booking.worstMs), aim: '≤ 1500 ms', ok: booking.worstMs <= 1500 },
      { label: 'slots p95', value: round(booking.slotsMs), aim: '≤ 100 ms', ok: booking.slotsMs <= 100 },
      { label: 'calendar, slowest / quickest', value: round(spread, 2), aim: '≤ 1.2', ok: spread <= 1.2 },
    ],
  };
}

const round = (value, digits = 1) => Number(value.toFixed(digits));

/** The program on a database of its own, both gone afterwards. */
async function withProgram(pgUrl, name, work) {
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

async function startProgram(databaseUrl) {
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

async function measureBooking({ base, people, owner, databaseUrl }) {
  const place = await makeCollaboration(owner, 0, 30, people);
  const cookie = await signIn(base, place.email);
  const http = clientOf(base, cookie);
  return {
    throughput: await measureThroughput(databaseUrl, place, http),
    worstMs: await measureContested(place, http),
    slotsMs: await measureSlots(place, base, cookie),
  };
}

/** A plain client on connections that stay open, since `fetch` costs more than some of the answers that are measured. */
function clientOf(base, cookie) {
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

/** Eight workers take periods that nobody else wants until all are booked; answers bookings a second. */
async function eightAtATime(periods, book) {
  const waiting = [...periods];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let one = waiting.pop(); one; one = waiting.pop()) await book(one);
    }),
  );
  return (periods.length * 1000) / (performance.now() - began);
}

async function measureThroughput(databaseUrl, place, http) {
  // The same plain role as the program's, so that row-level security asks both the same questions.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, options: '-c role=fairshare_app -c timezone=UTC' });
  const book = async (period) => {
    const answer = await http(`/api/collaborations/${place.id}/bookings`, { agreementId: place.agreementId, ...period });
    await answer.text();
    if (answer.status !== 201) throw new Error(`A booking answered ${answer.status}.`);
  };
  const bookDirectly = (period) => directly(pool, place, period);
  const rounds = [];
  // The first round warms both; then they take turns, and the median of each counts.
  for (let round = 0; round < 4; round++) {
    rounds.push({ http: await eightAtATime(periodsOf(place, round * 2), book), direct: await eightAtATime(periodsOf(place, round * 2 + 1), bookDirectly) });
  }
  await pool.end();
  const median = (key) => rounds.slice(1).map((one) => one[key]).sort((a, b) => a - b)[1];
  return { http: median('http'), direct: median('direct') };
}

/** An hour of a week of the round's own: thirty specialists, each weekday. */
function periodsOf(place, round) {
  const periods = [];
  const hour = round < 6 ? 10 : 13;
  for (let day = 0; day < 5; day++) {
    const date = new Date(Date.parse('2026-11-02') + ((round % 6) * 7 + day) * 86_400_000).toISOString().slice(0, 10);
    for (const [i, specialistId] of place.specialistIds.entries()) {
      periods.push({ specialistId, schoolUrns: [place.urns[i % place.urns.length]], startsAt: `${date}T${hour}:00:00Z`, endsAt: `${date}T${hour + 1}:00:00Z` });
    }
  }
  return periods;
}

async function measureContested(place, http) {
  let worstMs = 0;
  for (let round = 0; round < 6; round++) {
    const date = new Date(Date.parse('2026-10-05') + round * 86_400_000 + Math.floor(round / 5) * 2 * 86_400_000).toISOString().slice(0, 10);
    const body = { agreementId: place.agreementId, specialistId: place.specialistIds[0], schoolUrns: [place.urns[0]], startsAt: `${date}T10:00:00Z`, endsAt: `${date}T11:00:00Z` };
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 100 }, () => http(`/api/collaborations/${place.id}/bookings`, body)));
    worstMs = Math.max(worstMs, performance.now() - began);
    const won = answers.filter((answer) => answer.status === 201).length;
    const lost = answers.filter((answer) => answer.status === 409).length;
    if (won !== 1 || lost !== 99) throw new Error(`${won} won and ${lost} were told 409.`);
  }
  return worstMs;
}

async function measureSlots(place, base, cookie) {
  const url = `${base}/api/collaborations/${place.id}/slots?agreementId=${place.agreementId}&schoolUrn=${place.urns[0]}&from=2026-09-21&to=2026-10-25&minutes=60`;
  const asker = new Worker(new URL('asker.mjs', import.meta.url), { workerData: { url, cookie, requests: 100, everyMs: 50 } });
  const [times] = await once(asker, 'message');
  return times[Math.floor(times.length * 0.95)];
}

/** The same week of the same collaboration in databases of three sizes, which take turns: what slows the machine slows all three. */
function measureCalendar(pgUrl) {
  const sizes = [1, 58, 580];
  const times = sizes.map(() => []);
  const gather = async (asks) => {
    if (asks.length < sizes.length) return withProgram(pgUrl, `calendar_${sizes[asks.length]}`, async (program) => gather([...asks, await calendarOf(program, sizes[asks.length])]));
    for (let i = 0; i < 220; i++) {
      for (const [n, ask] of asks.entries()) {
        const from = performance.now();
        const { total } = await (await ask()).json();
        if (total < 20) throw new Error('The calendar is empty.');
        if (i >= 20) times[n].push(performance.now() - from);
      }
    }
    return sizes.map((collaborations, n) => ({ collaborations, ms: times[n].sort((a, b) => a - b)[100] }));
  };
  return gather([]);
}

/** Fills a database with so many collaborations; answers what asks for a week of the first. */
async function calendarOf({ base, people, owner }, collaborations) {
  const place = await makeCollaboration(owner, 0, 30, people);
  for (let made = 1; made < collaborations; made++) await makeCollaboration(owner, made, 3, people);
  await fillCalendars(owner);
  // What was just filled in is tidied up now and not while it is measured.
  await owner.query('vacuum analyze');
  await owner.query('checkpoint');
  const http = clientOf(base, await signIn(base, place.email));
  return () => http(`/api/collaborations/${place.id}/bookings?from=2027-02-01&to=2027-02-07&size=200`);
}

/** Twenty-seven weeks of five sessions a day for every collaboration; triggers that check each row by itself would take minutes. */
async function fillCalendars(owner) {
  const client = await owner.connect();
  try {
    await client.query(`set session_replication_role = replica`);
    await client.query(
      `with made as (
         insert into booking (id, collaboration_id, agreement_id, specialist_id, starts_at, ends_at, place_urn, state, requested_by_name, ordered_on, created_at, changed_at)
         select gen_random_uuid(), a.collaboration_id, a.id, x.specialist_id, t, t + interval '1 hour',
                (select m.urn from membership m where m.collaboration_id = a.collaboration_id order by m.urn limit 1), 'confirmed', 'Benchmark', '2026-09-14', now(), now()
           from agreement a
           join lateral (select specialist_id from agreement_specialist s where s.collaboration_id = a.collaboration_id and s.agreement_id = a.id order by 1 limit 1) x on true
           cross join generate_series(timestamptz '2027-01-11 06:00Z', timestamptz '2027-07-16 06:00Z', interval '1 day') d
           cross join lateral (select d + make_interval(hours => h) as t from generate_series(0, 4) h) hours
         returning id, collaboration_id, place_urn)
       insert into booking_school (collaboration_id, booking_id, urn, position) select collaboration_id, id, place_urn, 0 from made`,
    );
  } finally {
    client.release(true);
  }
}

async function signIn(base, email) {
  const answer = await fetch(`${base}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) });
  if (answer.status !== 200) throw new Error(`Signing in answered ${answer.status}.`);
  return answer.headers.getSetCookie()[0].split(';')[0];
}

async function makeCollaboration(owner, number, specialists, people) {
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

/** What somebody would write by hand who trusts the database alone: the same locks, the same questions, the same rows. */
async function directly(pool, place, { specialistId, schoolUrns, startsAt, endsAt }) {
  const [urn] = schoolUrns;
  const client = await pool.connect();
  const one = async (text, values) => (await client.query(text, values)).rows;
  const ensure = (ok, why) => {
    if (!ok) throw new Error(why);
  };
  try {
    await client.query('begin');
    await one(`select set_config('app.collaborations', $1, true), set_config('app.user', $2, true)`, [place.id, place.userId]);
    await one('select token_hash from session where user_id = $1 and expires_at > now() limit 1', [place.userId]);
    await one('select role, collaboration_id from role_grant where user_id = $1', [place.userId]);
    const [collaboration] = await one('select zone, nation from collaboration where id = $1', [place.id]);
    const [agreement] = await one(
      `select a.*, s.for_staff from agreement a join service s on s.collaboration_id = a.collaboration_id and s.id = a.service_id
        where a.collaboration_id = $1 and a.id = $2 and a.starts_on <= $3 and a.ends_on >= $3`, [place.id, place.agreementId, startsAt]);
    ensure(collaboration && agreement, 'no agreement');
    const [part] = await one('select entitlement_milliunits from subscription where collaboration_id = $1 and agreement_id = $2 and urn = $3 and from_on <= $4', [place.id, place.agreementId, urn, startsAt]);
    ensure(part, 'not subscribed');
    const offered = await one('select 1 from agreement_specialist where collaboration_id = $1 and agreement_id = $2 and specialist_id = $3', [place.id, place.agreementId, specialistId]);
    const credentials = await one('select type, expires_on from credential where collaboration_id = $1 and specialist_id = $2', [place.id, specialistId]);
    ensure(offered.length === 1 && credentials.every((c) => c.expires_on === null || c.expires_on >= startsAt), 'not offered');
    const days = await one(
      `select e.kind from calendar_entry e join school s on s.urn = $2 where e.collaboration_id = $1 and e.from_on <= $3 and e.to_on >= $3 and (e.urn = $2 or e.la_code = s.la_code or e.level = 'nation')`,
      [place.id, urn, startsAt]);
    ensure(days.some((d) => d.kind === 'term') && days.every((d) => d.kind === 'term'), 'closed');
    const works = await one(
      `select 1 from working_pattern w, jsonb_to_recordset(w.periods) as p (weekday int, "startMinute" int, "endMinute" int)
        where w.collaboration_id = $1 and w.specialist_id = $2 and w.valid_from <= ($3::timestamptz)::date and p.weekday = extract(isodow from ($3::timestamptz at time zone $4))
          and p."startMinute" <= extract(hour from ($3::timestamptz at time zone $4)) * 60 and p."endMinute" >= extract(hour from ($5::timestamptz at time zone $4)) * 60`,
      [place.id, specialistId, startsAt, collaboration.zone, endsAt]);
    ensure(works.length > 0, 'does not work');
    await one('select 1 from extra_time where collaboration_id = $1 and specialist_id = $2 and ends_at > $3 and starts_at < $4', [place.id, specialistId, startsAt, endsAt]);
    await one('select from_urn, to_urn, minutes from travel_time where collaboration_id = $1', [place.id]);
    await one('select pg_advisory_xact_lock(hashtextextended(r, 0)) from unnest($1::text[]) r order by r', [[specialistId, `entitlement:${place.agreementId}:${urn}`]]);
    const [ledger] = await one('select coalesce(sum(milliunits), 0)::bigint as used from entitlement_entry where collaboration_id = $1 and agreement_id = $2 and school_urn = $3', [place.id, place.agreementId, urn]);
    ensure(Number(part.entitlement_milliunits) + Number(ledger.used) >= 1000, 'no entitlement');
    const taken = await one(`select starts_at, ends_at, site_urn from time_taken where resource_id = $1 and ends_at > $2::timestamptz - interval '1 day' and starts_at < $3::timestamptz + interval '1 day'`, [specialistId, startsAt, endsAt]);
    ensure(taken.every((t) => t.ends_at <= new Date(startsAt) || t.starts_at >= new Date(endsAt)), 'taken');
    const id = randomUUID();
    await one(`insert into time_taken (id, resource_kind, resource_id, starts_at, ends_at, site_urn, holder_id) values ($1, 'specialist', $2, $3, $4, $5, $6)`, [randomUUID(), specialistId, startsAt, endsAt, urn, id]);
    await one(
      `insert into booking (id, collaboration_id, agreement_id, specialist_id, starts_at, ends_at, place_urn, state, requested_by, requested_by_name, ordered_on, created_at, changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'confirmed', $8, 'Carol', $9, now(), now())`, [id, place.id, place.agreementId, specialistId, startsAt, endsAt, urn, place.userId, today]);
    await one('insert into booking_school (collaboration_id, booking_id, urn, position) values ($1, $2, $3, 0)', [place.id, id, urn]);
    await one(
      `insert into entitlement_entry (id, collaboration_id, agreement_id, school_urn, period_from, period_to, kind, milliunits, happened_on, booking_id, recorded_by, recorded_at)
       values ($1, $2, $3, $4, '2026-09-01', '2027-08-31', 'taken', -1000, $5, $6, 'Carol', now())`, [randomUUID(), place.id, place.agreementId, urn, today, id]);
    await one(
      `insert into trail (id, collaboration_id, user_id, user_name, action, subject_kind, subject_id, after, happened_at) values ($1, $2, $3, 'Carol', 'bookings.confirmed', 'booking', $4, $5, now())`,
      [randomUUID(), place.id, place.userId, id, JSON.stringify({ state: 'confirmed', startsAt, endsAt, specialistId, schoolUrns })]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
