// Booking through HTTP against the same checks and inserts as one SQL transaction through pg;
// slots of thirty specialists; and a week of the calendar with 1, 58 and 580 collaborations in the database.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { clientOf, makeCollaboration, signIn, today, withProgram } from './place.mjs';

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
      { label: 'slots of 30 specialists over 5 weeks at 20 requests a second, p95', value: round(booking.slotsMs), unit: 'ms' },
      ...calendar.map(({ collaborations, ms }) => ({ label: `a week of the calendar with ${collaborations} collaborations, median`, value: round(ms, 2), unit: 'ms' })),
    ],
    ratios: [
      { label: 'HTTP / pg', value: round(booking.throughput.http / booking.throughput.direct, 2), aim: '≥ 0.5', ok: booking.throughput.http >= 0.5 * booking.throughput.direct },
      { label: 'slots p95', value: round(booking.slotsMs), aim: '≤ 100 ms', ok: booking.slotsMs <= 100 },
      { label: 'calendar, slowest / quickest', value: round(spread, 2), aim: '≤ 1.2', ok: spread <= 1.2 },
    ],
  };
}

const round = (value, digits = 1) => Number(value.toFixed(digits));

async function measureBooking({ base, people, owner, databaseUrl }) {
  const place = await makeCollaboration(owner, 0, 30, people);
  const cookie = await signIn(base, place.email);
  const http = clientOf(base, cookie);
  return {
    throughput: await measureThroughput(databaseUrl, place, http),
    slotsMs: await measureSlots(place, base, cookie),
  };
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
