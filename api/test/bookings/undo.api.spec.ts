import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../harness.js';
import { benchOf, morning, storedOverlaps } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

beforeEach(() => app.clock.set(morning));

const leftOf = async ({ c, agreementId }: Awaited<ReturnType<typeof benchOf>>) =>
  (await c.coordinator.get(`/api/collaborations/${c.id}/entitlements?agreementId=${agreementId}`)).body.items.find((item: { schoolUrn: string }) => item.schoolUrn === c.urns[0]).leftMilliunits;
const chargesOf = async ({ c }: Awaited<ReturnType<typeof benchOf>>, bookingId: string) => (await c.coordinator.get(`/api/collaborations/${c.id}/charges?bookingId=${bookingId}`)).body.items;

describe('taking a slip back', () => {
  it('When what was booked for tomorrow is undone, then nothing is charged and every unit and the hour are there again', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 2000 });
    const { c, path, body } = bench;
    const made = await c.businessManager.post(path, body('2026-09-15T09:00', '2026-09-15T10:00'));
    const undone = await c.businessManager.post(`${path}/${made.body.id}/undo`);
    expect(undone).toMatchObject({ status: 200, body: { undone: 1, state: 'cancelled', cancellation: { reason: 'Booked by mistake', chargeBasisPoints: 0 } } });
    expect(await leftOf(bench)).toBe(2000);
    expect(await chargesOf(bench, made.body.id)).toEqual([]);
    expect((await c.sister.post(path, body('2026-09-15T09:00', '2026-09-15T10:00', { schoolUrns: [c.urns[1]] }))).status).toBe(201);
    expect((await c.businessManager.post(`${path}/${made.body.id}/undo`)).body.code).toBe('bookings.nothing-to-undo');
  });

  it('When a move is undone, then it stands where it stood, and a later cancellation is not charged by the slip', async () => {
    const { c, path, body } = await benchOf(app);
    const made = await c.businessManager.post(path, body('2026-10-15T09:00', '2026-10-15T10:00'));
    await c.businessManager.post(`${path}/${made.body.id}/move`, { startsAt: '2026-09-15T09:00', endsAt: '2026-09-15T10:00' });
    const back = await c.businessManager.post(`${path}/${made.body.id}/undo`);
    expect(back.body).toMatchObject({ undone: 1, state: 'confirmed', startsAt: made.body.startsAt, sequence: 2 });
    const dry = await c.businessManager.post(`${path}/${made.body.id}/cancel?dryRun=true`, { reason: 'no longer needed' });
    expect(dry.body.costs).toMatchObject([{ chargeBasisPoints: 0 }]);
    expect((await c.sister.post(path, body('2026-10-15T09:00', '2026-10-15T10:00', { schoolUrns: [c.urns[1]] }))).body.code).toBe('availability.slot-taken');
  });

  it('When a series is booked and undone, then all of it goes; and when it was moved alike, then all of it goes back', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 3000 });
    const { c, path, body } = bench;
    const weekly = { repeat: { recurrence: { kind: 'weekly' }, end: { sessions: 3 } } };
    const made = await c.businessManager.post(path, body('2026-09-22T09:00', '2026-09-22T10:00', weekly));
    app.clock.set('2026-09-14T07:01:00Z');
    const moved = await c.businessManager.post(`${path}/${made.body.id}/move`, { startsAt: '2026-09-29T09:00', endsAt: '2026-09-29T10:00', which: 'following' });
    const went = moved.body.sessions.filter((one: { outcome: string }) => one.outcome === 'moves').length;
    expect(went).toBeGreaterThan(1);
    expect((await c.businessManager.post(`${path}/${made.body.id}/undo`)).body).toMatchObject({ undone: went, startsAt: made.body.startsAt });
    const list = await c.businessManager.get(`${path}?seriesId=${made.body.seriesId}&state=confirmed`);
    expect(list.body.items.map((one: { startsAt: string }) => one.startsAt)).toEqual(made.body.series.bookings.map((one: { startsAt: string }) => one.startsAt));
    expect(await leftOf(bench)).toBe(0);
    const other = await benchOf(app, { unit: 'session', entitlementMilliunits: 3000 });
    const again = await other.c.businessManager.post(other.path, other.body('2026-09-22T09:00', '2026-09-22T10:00', weekly));
    expect((await other.c.businessManager.post(`${other.path}/${again.body.id}/undo`)).body).toMatchObject({ undone: 3, state: 'cancelled' });
    expect(await leftOf(other)).toBe(3000);
    expect(await storedOverlaps(app)).toBe(0);
  });

  it('When somebody else asks, ten minutes are over, the session began, or its old hour was taken, then it is refused and says why', async () => {
    const { c, path, body } = await benchOf(app);
    const made = await c.businessManager.post(path, body('2026-09-15T09:00', '2026-09-15T10:00'));
    expect((await c.coordinator.post(`${path}/${made.body.id}/undo`)).body.code).toBe('bookings.nothing-to-undo');
    expect((await c.sister.post(`${path}/${made.body.id}/undo`)).status).toBe(403);
    await c.businessManager.post(`${path}/${made.body.id}/move`, { startsAt: '2026-09-15T13:00', endsAt: '2026-09-15T14:00' });
    expect((await c.sister.post(path, body('2026-09-15T09:00', '2026-09-15T10:00', { schoolUrns: [c.urns[1]] }))).status).toBe(201);
    expect(await c.businessManager.post(`${path}/${made.body.id}/undo`)).toMatchObject({ status: 409, body: { code: 'availability.slot-taken' } });
    app.clock.set('2026-09-14T07:10:01Z');
    expect((await c.businessManager.post(`${path}/${made.body.id}/undo`)).body).toMatchObject({ code: 'bookings.too-late-to-undo', facts: { undoMinutes: 10 } });
    const soon = await c.businessManager.post(path, body('2026-09-14T08:15', '2026-09-14T09:15'));
    expect(soon.status).toBe(201);
    app.clock.set('2026-09-14T07:15:00Z');
    expect((await c.businessManager.post(`${path}/${soon.body.id}/undo`)).body.code).toBe('bookings.already-begun');
  });
});
