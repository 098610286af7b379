import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../harness.js';
import { benchOf, closeSchool, engage, morning, storedOverlaps, type Bench } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set(morning);
});

interface Session { bookingId: string; startsAt: string; outcome: string; code?: string; detail?: string }

/** Five Tuesdays of September and October, from nine to ten. */
async function tuesdays(bench: Bench): Promise<string[]> {
  const { c, path, body } = bench;
  const booked = await c.businessManager.post(path, body('2026-09-22T09:00', '2026-09-22T10:00', { repeat: { recurrence: { kind: 'weekly' }, end: { sessions: 5 } } }));
  expect(booked.status).toBe(201);
  return booked.body.series.bookings.map((b: { id: string }) => b.id);
}

describe('moving one and all following', () => {
  it('When a series goes a week later, then each session takes the place of the next; where the last cannot go, none can', async () => {
    const bench = await benchOf(app);
    const { c, path } = bench;
    const ids = await tuesdays(bench);
    const look = (id: string | undefined, day: string) => c.businessManager.post(`${path}/${id}/move?dryRun=true`, { startsAt: `${day}T09:00`, endsAt: `${day}T10:00`, which: 'following' });
    const holiday = await look(ids[0], '2026-09-29');
    expect(holiday.body.sessions.map((s: Session) => [s.outcome, s.code])).toEqual([...Array(4).fill(['stays', 'availability.slot-taken']), ['stays', 'availability.school-holiday']]);
    expect(holiday.body.sessions[4].detail).toContain('holiday');
    await c.businessManager.post(`${path}/${ids[4]}/cancel`, { reason: 'one less' });
    const preview = await look(ids[0], '2026-09-29');
    expect(preview.body.sessions.map((s: Session) => [s.startsAt.slice(0, 10), s.outcome])).toEqual(['2026-09-29', '2026-10-06', '2026-10-13', '2026-10-20'].map((day) => [day, 'moves']));
    expect((await c.businessManager.get(`${path}/${ids[0]}`)).body.startsAt).toBe('2026-09-22T08:00:00.000Z');
  });

  it('When one cannot go, then it stays and the others that would stand on it stay too', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 5000 });
    const { c, path, agreementId } = bench;
    const ids = await tuesdays(bench);
    const moved = await c.businessManager.post(`${path}/${ids[1]}/move`, { startsAt: '2026-10-06T11:00', endsAt: '2026-10-06T12:00', which: 'following' });
    expect(moved.status).toBe(200);
    const outcomes = moved.body.sessions.map((s: Session) => s.outcome);
    expect(outcomes).toEqual(['moves', 'moves', 'moves', 'stays']);
    const stands = await c.businessManager.get(`${path}?seriesId=${moved.body.seriesId}`);
    expect(stands.body.items.map((b: { startsAt: string }) => b.startsAt)).toEqual([
      '2026-09-22T08:00:00.000Z', '2026-10-06T10:00:00.000Z', '2026-10-13T10:00:00.000Z', '2026-10-20T08:00:00.000Z', '2026-10-20T10:00:00.000Z',
    ]);
    expect(await storedOverlaps(app)).toBe(0);
    const left = await c.coordinator.get(`/api/collaborations/${c.id}/entitlements?agreementId=${agreementId}`);
    expect(left.body.items.find((i: { schoolUrn: string }) => i.schoolUrn === c.urns[0])).toMatchObject({ bookedMilliunits: 5000, leftMilliunits: 0 });
    const among = moved.body.sessions.filter((s: Session) => s.outcome === 'moves').map((s: Session) => s.bookingId);
    const back = await c.businessManager.post(`${path}/${ids[1]}/move`, { startsAt: '2026-09-29T09:00', endsAt: '2026-09-29T10:00', which: 'following', among });
    expect(back.body.sessions.map((s: Session) => s.startsAt)).toEqual(['2026-09-29T08:00:00.000Z', '2026-10-06T08:00:00.000Z', '2026-10-13T08:00:00.000Z']);
  });

  it('When somebody else has one of the times, then only that session stays; when nothing can go, then nothing changes', async () => {
    const bench = await benchOf(app);
    const { c, path, body } = bench;
    const ids = await tuesdays(bench);
    await c.coordinator.post(path, body('2026-10-07T09:00', '2026-10-07T10:00', { schoolUrns: [c.urns[1]] }));
    const to = { startsAt: '2026-09-30T09:00', endsAt: '2026-09-30T10:00', which: 'following' };
    const moved = await c.businessManager.post(`${path}/${ids[1]}/move`, to);
    expect(moved.body.sessions.map((s: Session) => [s.outcome, s.code])).toEqual([['moves', undefined], ['stays', 'availability.slot-taken'], ['moves', undefined], ['moves', undefined]]);
    const closed = await c.businessManager.post(`${path}/${ids[2]}/move`, { startsAt: '2026-10-10T09:00', endsAt: '2026-10-10T10:00', which: 'following' });
    expect(closed).toMatchObject({ status: 409, body: { code: 'availability.outside-pattern' } });
    expect((await c.sister.post(`${path}/${ids[2]}/move`, to)).body.code).toBe('bookings.not-your-school');
  });
});

describe('the board', () => {
  it('When the week is looked at, then every specialist says what is free, taken, away and busy elsewhere', async () => {
    const bench = await benchOf(app);
    const { c, path, body, specialistId } = bench;
    const at = `/api/collaborations/${c.id}`;
    await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T11:00'));
    await c.coordinator.post(`${at}/specialists/${specialistId}/absences`, { startsAt: '2026-09-22T00:00', endsAt: '2026-09-23T00:00', reason: 'leave' });
    await closeSchool(app, c.id, c.urns[0] as string, 'inset', '2026-09-23');
    const elsewhere = await benchOf(app);
    await engage(app, elsewhere.c.id, specialistId);
    await app.sql('insert into agreement_specialist (collaboration_id, agreement_id, specialist_id) values ($1, $2, $3)', [elsewhere.c.id, elsewhere.agreementId, specialistId]);
    await elsewhere.c.coordinator.post(elsewhere.path, elsewhere.body('2026-09-24T13:00', '2026-09-24T16:00', { specialistId }));
    const { body: board } = await c.businessManager.get(`${at}/board?from=2026-09-21&to=2026-09-27&schoolUrn=${c.urns[0]}`);
    const [row] = board.specialists;
    expect(row).toMatchObject({ id: specialistId, agreementIds: [bench.agreementId] });
    const [monday, tuesday, , thursday, , saturday] = row.days;
    expect(monday).toMatchObject({ morning: { worksMinutes: 240, freeMinutes: 120 }, afternoon: { worksMinutes: 300, freeMinutes: 300 } });
    expect(tuesday).toMatchObject({ morning: { freeMinutes: 0, awayMinutes: 240 } });
    expect(thursday).toMatchObject({ morning: { freeMinutes: 240 }, afternoon: { freeMinutes: 120, elsewhereMinutes: 180 } });
    expect(saturday.morning.worksMinutes).toBe(0);
    expect(board.days[2]).toMatchObject({ date: '2026-09-23', closed: expect.stringContaining('inset') });
    expect(board.bookings).toHaveLength(1);
    expect((await c.businessManager.get(`${at}/board?from=2026-09-21&to=2026-10-27`)).body.code).toBe('availability.range-too-long');
  });
});

describe('what was bought in advance', () => {
  it('When units were taken and given back, then the account says used, booked and left, and its lines say how', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 3000 });
    const { c, path, body, agreementId } = bench;
    const at = `/api/collaborations/${c.id}/entitlements`;
    const kept = await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'));
    const given = await c.businessManager.post(path, body('2026-10-05T09:00', '2026-10-05T10:00'));
    await c.businessManager.post(`${path}/${given.body.id}/cancel`, { reason: 'a trip' });
    const { body: accounts } = await c.businessManager.get(`${at}/accounts`);
    const own = accounts.items.find((a: { schoolUrn: string }) => a.schoolUrn === c.urns[0]);
    expect(own).toMatchObject({ agreementId, unit: 'session', boughtMilliunits: 3000, usedMilliunits: 0, bookedMilliunits: 1000, otherMilliunits: 0, leftMilliunits: 2000 });
    const { body: lines } = await c.businessManager.get(`${at}/lines?agreementId=${agreementId}&schoolUrn=${c.urns[0]}&from=${own.from}&to=${own.to}`);
    expect(lines.items.map((l: { kind: string; milliunits: number; leftMilliunits: number }) => [l.kind, l.milliunits, l.leftMilliunits])).toEqual([
      ['granted', 3000, 3000], ['taken', -1000, 2000], ['taken', -1000, 1000], ['returned', 1000, 2000],
    ]);
    expect(lines.items[1]).toMatchObject({ bookingId: kept.body.id, startsAt: '2026-09-21T08:00:00.000Z' });
  });
});
