import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { systemScope } from '../../src/platform/actor.js';
import { Database } from '../../src/platform/database.js';
import { Jobs } from '../../src/platform/jobs.js';
import { startApp, type Answer, type TestApp } from '../harness.js';
import { until } from '../client.js';
import { agree, benchOf, calendarOf, closeSchool, engage, morning, storedOverlaps } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

beforeEach(() => app.clock.set(morning));

/** Somebody says that a session was delivered, and commits only when the other request waits for the row. */
async function deliveredMeanwhile(bookingId: string, other: () => Promise<Answer>): Promise<Answer> {
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`update booking set state = 'delivered', delivered_at = $2, sequence = sequence + 1 where id = $1`, [bookingId, morning]);
    const asked = other();
    await until(async () => (await app.sql<{ n: number }>(`select count(*)::int as n from pg_locks where not granted and locktype in ('transactionid', 'tuple')`))[0]?.n);
    await client.query('commit');
    return await asked;
  } finally {
    await client.end();
  }
}

describe('two change a booking at once', () => {
  it('When a session is said to be delivered while the specialist is reported away, then it stays delivered and nobody meets a fault', async () => {
    const { c, path, body, specialistId } = await benchOf(app);
    const made = await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'));
    const other = await c.businessManager.post(path, body('2026-09-21T11:00', '2026-09-21T12:00'));
    const away = { startsAt: '2026-09-21T00:00', endsAt: '2026-09-22T00:00', reason: 'illness' };
    const answer = await deliveredMeanwhile(made.body.id, () => c.coordinator.post(`/api/collaborations/${c.id}/specialists/${specialistId}/absences`, away));
    expect(answer.status).toBe(201);
    expect(answer.body.hits.map((hit: { id: string }) => hit.id)).toEqual([other.body.id]);
    expect((await c.coordinator.get(`${path}/${made.body.id}`)).body.state).toBe('delivered');
  });

  it('When other collaborations are told of an absence only after it was taken back, then what stands again is left alone', async () => {
    const { c, path, body, specialistId } = await benchOf(app);
    const made = await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'));
    const absences = `/api/collaborations/${c.id}/specialists/${specialistId}/absences`;
    const told = (state: string) => app.sql<{ data: object }>(`select data from pgboss.job where name = 'bookings.absence-recorded' and data->>'specialistId' = $1 and state = $2`, [specialistId, state]);
    const absence = await c.coordinator.post(absences, { startsAt: '2026-09-21T00:00', endsAt: '2026-09-22T00:00', reason: 'illness' });
    const [first] = await until(async () => (await told('completed')).length === 1 && told('completed'));
    expect((await c.coordinator.post(`${absences}/${absence.body.absence.id}/withdraw`)).body.restored).toMatchObject([{ id: made.body.id }]);
    await app.app.get(Database).write(systemScope([]), (tx) => app.app.get(Jobs).send(tx, { name: 'bookings.absence-recorded' }, first?.data ?? {}));
    await until(async () => (await told('completed')).length === 2);
    expect((await c.coordinator.get(`${path}/${made.body.id}`)).body.state).toBe('confirmed');
    expect((await c.businessManager.post(path, body('2026-09-21T09:30', '2026-09-21T10:30'))).body.code).toBe('availability.slot-taken');
  });

  it('When a session is said to be delivered while coming sessions are checked again, then it is left as it is', async () => {
    const { c, path, body } = await benchOf(app);
    const made = await c.businessManager.post(path, body('2026-09-25T09:00', '2026-09-25T10:00'));
    await closeSchool(app, c.id, c.urns[0] as string, 'inset', '2026-09-25');
    const answer = await deliveredMeanwhile(made.body.id, () => c.coordinator.post(`/api/collaborations/${c.id}/replanning`, { from: '2026-09-14', to: '2026-12-18' }));
    expect(answer).toMatchObject({ status: 200, body: { hits: [] } });
    expect((await c.coordinator.get(`${path}/${made.body.id}`)).body.state).toBe('delivered');
  });

  it('When absences come and go while sessions move, then nobody meets a fault and nothing overlaps', async () => {
    const { c, path, body, specialistId } = await benchOf(app);
    const absences = `/api/collaborations/${c.id}/specialists/${specialistId}/absences`;
    const made: string[] = [];
    for (const hour of ['09', '10', '11', '13']) made.push((await c.businessManager.post(path, body(`2026-09-22T${hour}:00`, `2026-09-22T${hour}:45`))).body.id);
    const days = { from: '2026-09-14', to: '2026-10-30' };
    const answers = await Promise.all([1, 2, 3].flatMap((round) => [
      c.coordinator.post(absences, { startsAt: '2026-09-22T08:00', endsAt: '2026-09-22T18:00', reason: 'training' }).then((one) =>
        c.coordinator.post(`${absences}/${one.body.absence?.id}/withdraw`)),
      c.coordinator.post(`/api/collaborations/${c.id}/replanning`, days),
      ...made.map((id, i) => c.businessManager.post(`${path}/${id}/move`, { startsAt: `2026-09-2${2 + round}T1${i}:00`, endsAt: `2026-09-2${2 + round}T1${i}:45` })),
    ]));
    expect(answers.filter(({ status }) => status >= 500 || status === 422).map(({ status, text }) => [status, text])).toEqual([]);
    expect(await storedOverlaps(app)).toBe(0);
  });
});

describe('an absence that is taken back', () => {
  it('When a specialist of two collaborations is not away after all, then the sessions of both stand again', async () => {
    const first = await benchOf(app);
    const other = await app.collaboration({ schools: 1 });
    await calendarOf(app, other.id);
    await engage(app, other.id, first.specialistId);
    const agreementId = await agree(app, other, [first.specialistId]);
    const path = `/api/collaborations/${other.id}/bookings`;
    const own = await first.c.businessManager.post(first.path, first.body('2026-09-21T09:00', '2026-09-21T10:00'));
    const theirs = await other.businessManager.post(path, first.body('2026-09-21T13:00', '2026-09-21T14:00', { agreementId, schoolUrns: [other.urns[0]] }));
    expect(theirs.status).toBe(201);
    const absences = `/api/collaborations/${first.c.id}/specialists/${first.specialistId}/absences`;
    const away = await first.specialist.post(absences, { startsAt: '2026-09-21T08:00', endsAt: '2026-09-21T18:00', reason: 'training' });
    const stateOf = async () => (await other.businessManager.get(`${path}/${theirs.body.id}`)).body.state;
    await until(async () => (await stateOf()) === 'needs-replanning');
    const back = await first.specialist.post(`${absences}/${away.body.absence.id}/withdraw`);
    expect(back.body.restored).toMatchObject([{ id: own.body.id }]);
    await until(async () => (await stateOf()) === 'confirmed');
    expect(await storedOverlaps(app)).toBe(0);
  });
});

describe('units that change hands in many ways at once', () => {
  /** What the database had to end because two waited for each other; it says so a moment later. */
  const deadlocks = async () => {
    await new Promise((done) => setTimeout(done, 1_500));
    return (await app.sql<{ n: number }>('select deadlocks::int as n from pg_stat_database where datname = current_database()'))[0]?.n;
  };

  it('When a school converts while periods end, units are lent and sessions are booked, then nobody waits in a circle and every account adds up', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 20_000 });
    const { c, specialistId } = bench;
    const [old, sister] = c.urns as [string, string];
    const agreements = [bench.agreementId, ...await Promise.all([1, 2, 3].map(() => agree(app, c, [specialistId], { unit: 'session', entitlementMilliunits: 20_000 })))];
    // The one that was agreed later ends earlier: in whatever order they are met, they are locked in one.
    const past = [await agree(app, c, [specialistId], { unit: 'session', entitlementMilliunits: 3_000, term: ['2026-01-05', '2026-07-21'] }), await agree(app, c, [specialistId], { unit: 'session', entitlementMilliunits: 3_000, term: ['2026-01-05', '2026-07-20'] })];
    const [academy] = await app.schools(1);
    await app.sql('update school set successor_urn = $2 where urn = $1', [old, academy]);
    const made: string[] = [];
    for (const day of [11, 12, 13, 14]) made.push((await c.businessManager.post(bench.path, bench.body(`2027-01-${day}T09:00`, `2027-01-${day}T09:45`))).body.id);
    const before = await deadlocks();
    const at = (path: string) => `/api/collaborations/${c.id}/${path}`;
    const answers = await Promise.all(agreements.flatMap((agreementId, i) => [
      c.coordinator.post(`${bench.path}/${made[i]}/move`, { startsAt: `2027-01-1${1 + i}T13:00`, endsAt: `2027-01-1${1 + i}T13:45` }),
      c.coordinator.post(at('conversions'), { fromUrn: old, on: '2026-07-01' }),
      c.coordinator.post(at('entitlements/ended-periods')),
      c.coordinator.post(at('entitlements/loans'), { agreementId, fromUrn: sister, toUrn: old, from: '2026-09-01', to: '2027-07-31', milliunits: 1000 }),
      ...[old, sister].map((urn, k) => c.coordinator.post(bench.path, bench.body(`2027-01-1${1 + i}T1${k}:00`, `2027-01-1${1 + i}T1${k}:45`, { agreementId, schoolUrns: [urn] }))),
    ]));
    expect(answers.filter(({ status }) => status >= 500).map(({ text }) => text)).toEqual([]);
    expect(await deadlocks()).toBe(before);
    const ended = await app.sql<{ left: number }>(
      `select 3000 + coalesce(sum(e.milliunits), 0)::int as left from subscription s left join entitlement_entry e on e.agreement_id = s.agreement_id and e.school_urn = s.urn
        where s.collaboration_id = $1 and s.agreement_id = any ($2::uuid[]) and s.urn <> all ($3) group by s.agreement_id, s.urn`, [c.id, past, [old, academy]],
    );
    expect(ended.map(({ left }) => left)).toEqual([0, 0, 0, 0]);
    expect(await app.sql('select * from invariant_broken where collaboration_id = $1', [c.id])).toEqual([]);
    expect(await storedOverlaps(app)).toBe(0);
  });
});
