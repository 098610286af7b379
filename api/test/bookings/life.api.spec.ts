import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Scope } from '../../src/platform/actor.js';
import { Events } from '../../src/platform/events.js';
import type { Tx } from '../../src/platform/database.js';
import { bookingCancelledLate, bookingDelivered, bookingWithdrawn } from '../../src/bookings/bookings.news.js';
import { startApp, type TestApp } from '../harness.js';
import { benchOf, engage, morning, storedOverlaps } from './arrange.js';

let app: TestApp;
const told: { name: string; news: Record<string, unknown> }[] = [];
const toldOf = (bookingId: string) => told.filter(({ news }) => news['bookingId'] === bookingId);

beforeAll(async () => {
  app = await startApp();
  const events = app.app.get(Events);
  for (const kind of [bookingDelivered, bookingCancelledLate, bookingWithdrawn]) {
    events.on(kind as { name: string }, (_: Tx, __: Scope, news: unknown) => {
      told.push({ name: kind.name, news: news as Record<string, unknown> });
      return Promise.resolve();
    });
  }
});

beforeEach(() => app.clock.set(morning));

describe('a request', () => {
  it('When a service needs approval, then the head approves and doing it twice is the same as once', async () => {
    const { c, path, body } = await benchOf(app, { needsApproval: true });
    const made = await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'));
    expect(made.body.state).toBe('requested');
    const first = await c.head.post(`${path}/${made.body.id}/approve`);
    expect(first).toMatchObject({ status: 200, body: { state: 'confirmed', sequence: 1 } });
    expect((await c.head.post(`${path}/${made.body.id}/approve`)).body.sequence).toBe(1);
    const declined = await c.head.post(`${path}/${made.body.id}/decline`);
    expect(declined).toMatchObject({ status: 409, body: { code: 'bookings.wrong-state' } });
  });

  it('When it is declined, then its time and its units are free again', async () => {
    const { c, path, body, agreementId } = await benchOf(app, { needsApproval: true, unit: 'session', entitlementMilliunits: 1000 });
    const made = await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'));
    expect((await c.businessManager.post(path, body('2026-09-22T09:00', '2026-09-22T10:00'))).body.code).toBe('availability.no-entitlement');
    expect((await c.head.post(`${path}/${made.body.id}/decline`, { reason: 'not this term' })).body.state).toBe('declined');
    expect((await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'))).status).toBe(201);
    const left = await c.head.get(`/api/collaborations/${c.id}/entitlements?agreementId=${agreementId}`);
    expect(left.body.items.find((i: { schoolUrn: string }) => i.schoolUrn === c.urns[0]).leftMilliunits).toBe(0);
  });

  it('When the person who asked approves above the limit, then somebody else has to', async () => {
    const { c, path, body } = await benchOf(app, { needsApproval: true, pricePence: 20_000 });
    await app.sql('update collaboration set approval_limit_pence = 15000 where id = $1', [c.id]);
    const made = await c.coordinator.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'));
    expect((await c.coordinator.post(`${path}/${made.body.id}/approve`)).body.code).toBe('bookings.own-request');
    expect((await c.head.post(`${path}/${made.body.id}/approve`)).body.state).toBe('confirmed');
  });

  it('When what was approved is made longer, then it is asked for again, and whoever made it longer asked', async () => {
    const { c, path, body } = await benchOf(app, { needsApproval: true, unit: 'hour', pricePence: 10_000 });
    await app.sql('update collaboration set approval_limit_pence = 15000 where id = $1', [c.id]);
    const made = await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'));
    await c.head.post(`${path}/${made.body.id}/approve`);
    const move = (startsAt: string, endsAt: string) => c.coordinator.post(`${path}/${made.body.id}/move`, { startsAt, endsAt });
    expect((await move('2026-09-22T09:00', '2026-09-22T10:00')).body.state).toBe('confirmed');
    expect((await move('2026-09-22T09:00', '2026-09-22T11:00')).body.state).toBe('requested');
    expect((await c.coordinator.post(`${path}/${made.body.id}/approve`)).body.code).toBe('bookings.own-request');
    expect((await c.head.post(`${path}/${made.body.id}/approve`)).body.state).toBe('confirmed');
  });

  it('When a series is above the limit, then whoever asked for it cannot approve it session by session', async () => {
    const { c, path, body } = await benchOf(app, { needsApproval: true, pricePence: 10_000 });
    await app.sql('update collaboration set approval_limit_pence = 15000 where id = $1', [c.id]);
    const made = await c.coordinator.post(path, body('2026-09-21T09:00', '2026-09-21T10:00', { repeat: { recurrence: { kind: 'weekly' }, end: { sessions: 2 } } }));
    const { items } = (await c.coordinator.get(`${path}?state=requested`)).body as { items: { id: string }[] };
    expect([made.status, items.length]).toEqual([201, 2]);
    for (const { id } of items) expect((await c.coordinator.post(`${path}/${id}/approve`)).body.code).toBe('bookings.own-request');
    for (const { id } of items) expect((await c.head.post(`${path}/${id}/approve`)).body.state).toBe('confirmed');
  });
});

describe('moving', () => {
  it('When a booking moves, then it keeps its name, its old hour is free and its units follow', async () => {
    const { c, path, body } = await benchOf(app, { unit: 'hour', entitlementMilliunits: 3000 });
    const made = await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'));
    const to = { startsAt: '2026-09-21T09:30', endsAt: '2026-09-21T11:30' };
    const moved = await c.businessManager.post(`${path}/${made.body.id}/move`, to);
    expect(moved.body).toMatchObject({ id: made.body.id, state: 'confirmed', sequence: 1, startsAt: '2026-09-21T08:30:00.000Z' });
    expect((await c.businessManager.post(`${path}/${made.body.id}/move`, to)).body.sequence).toBe(1);
    const detail = await c.businessManager.get(`${path}/${made.body.id}`);
    expect(detail.body.taken).toEqual([{ urn: c.urns[0], milliunits: 2000 }]);
    expect(detail.body.history.map((h: { action: string }) => h.action)).toEqual(['bookings.confirmed', 'bookings.moved']);
    const long = await c.businessManager.post(`${path}/${made.body.id}/move`, { startsAt: '2026-09-21T09:30', endsAt: '2026-09-21T13:30' });
    expect(long.body.code).toBe('availability.no-entitlement');
    expect((await c.businessManager.post(path, body('2026-09-21T08:30', '2026-09-21T09:30'))).status).toBe(201);
  });

  it('When a booking that was moved late is then cancelled, then the first date still counts', async () => {
    const { c, path, body } = await benchOf(app);
    const made = await c.businessManager.post(path, body('2026-09-15T09:00', '2026-09-15T10:00'));
    await c.businessManager.post(`${path}/${made.body.id}/move`, { startsAt: '2026-10-15T09:00', endsAt: '2026-10-15T10:00' });
    const dry = await c.businessManager.post(`${path}/${made.body.id}/cancel?dryRun=true`, { reason: 'no longer needed' });
    expect(dry.body).toMatchObject({ state: 'confirmed', costs: [{ chargeBasisPoints: 5000, borneBy: [c.urns[0]] }] });
  });
});

describe('cancelling', () => {
  it.each([
    ['five working days before', '2026-09-21', 0],
    ['four working days before', '2026-09-18', 5000],
    ['on the day', '2026-09-14', 10_000],
  ] as const)('When a school cancels %s, then the band decides', async (_, date, basisPoints) => {
    const { c, path, body } = await benchOf(app, { unit: 'session', entitlementMilliunits: 1000 });
    const made = await c.businessManager.post(path, body(`${date}T14:00`, `${date}T15:00`));
    const dry = await c.businessManager.post(`${path}/${made.body.id}/cancel?dryRun=true`, { reason: 'ill' });
    expect(dry.body).toMatchObject({ state: 'confirmed', costs: [{ chargeBasisPoints: basisPoints }] });
    const gone = await c.businessManager.post(`${path}/${made.body.id}/cancel`, { reason: 'ill' });
    expect(gone.body).toMatchObject({ state: 'cancelled', cancellation: { by: 'school', schoolUrn: c.urns[0], chargeBasisPoints: basisPoints }, sequence: 1 });
    const again = await c.businessManager.post(`${path}/${made.body.id}/cancel`, { reason: 'something else' });
    expect(again.body).toMatchObject({ sequence: 1, cancellation: { reason: 'ill' }, costs: [] });
    const late = { name: 'bookings.cancelled-late', news: expect.objectContaining({ chargedBasisPoints: basisPoints, cancelledByUrns: [c.urns[0]], orderedOn: '2026-09-14', milliunits: basisPoints / 10 }) };
    expect(toldOf(made.body.id)).toEqual(basisPoints === 0 ? [] : [late]);
    const detail = await c.businessManager.get(`${path}/${made.body.id}`);
    expect(detail.body.taken).toEqual(basisPoints === 0 ? [] : [{ urn: c.urns[0], milliunits: basisPoints / 10 }]);
    expect((await c.coordinator.post(path, body(`${date}T14:00`, `${date}T15:00`, { schoolUrns: [c.urns[1]] }))).status).toBe(201);
  });

  it('When the specialist withdraws, then nothing is charged and every unit comes back', async () => {
    const { c, path, body, specialist } = await benchOf(app, { unit: 'session', entitlementMilliunits: 1000 });
    const made = await c.businessManager.post(path, body('2026-09-14T14:00', '2026-09-14T15:00'));
    const gone = await specialist.post(`${path}/${made.body.id}/cancel`, { reason: 'flat tyre' });
    expect(gone.body).toMatchObject({ state: 'cancelled', cancellation: { by: 'specialist', chargeBasisPoints: 0 } });
    expect(toldOf(made.body.id).map(({ name }) => name)).toEqual(['bookings.withdrawn']);
    expect((await c.businessManager.get(`${path}/${made.body.id}`)).body.taken).toEqual([]);
  });

  it('When one of a series is cancelled with all that follow, then the ones before stay', async () => {
    const { c, path, body } = await benchOf(app);
    const made = await c.businessManager.post(path, body('2026-10-06T09:00', '2026-10-06T10:00', { repeat: { recurrence: { kind: 'weekly' }, end: { sessions: 4 } } }));
    const ids = made.body.series.bookings.map((b: { id: string }) => b.id) as string[];
    const gone = await c.businessManager.post(`${path}/${ids[1]}/cancel`, { reason: 'changed our minds', which: 'following' });
    expect(gone.body.costs).toHaveLength(3);
    const list = await c.businessManager.get(`${path}?seriesId=${made.body.seriesId}&state=confirmed`);
    expect(list.body.items.map((b: { id: string }) => b.id)).toEqual([ids[0]]);
  });
});

describe('delivering', () => {
  it('When the specialist says that it happened, then it is told with attendance once, and it never changes again', async () => {
    const { c, path, body, specialist: before, specialistId } = await benchOf(app, { unit: 'session', entitlementMilliunits: 5000 });
    const [a, b] = c.urns as [string, string];
    const made = await c.coordinator.post(path, body('2026-09-21T09:00', '2026-09-21T10:00', { schoolUrns: [a, b] }));
    const early = await before.post(`${path}/${made.body.id}/deliver`);
    expect(early).toMatchObject({ status: 409, body: { code: 'bookings.not-begun' } });
    app.clock.set('2026-09-21T10:00:00Z');
    const specialist = await app.person('specialist', { collaborationId: c.id, specialistId });
    const said = { attendance: [{ schoolUrn: a, minutes: 60 }, { schoolUrn: b, minutes: 30 }] };
    const done = await specialist.post(`${path}/${made.body.id}/deliver`, said);
    expect(done.body).toMatchObject({ state: 'delivered', schools: [{ urn: a, minutes: 60 }, { urn: b, minutes: 30 }] });
    expect((await specialist.post(`${path}/${made.body.id}/deliver`, said)).status).toBe(200);
    const different = await specialist.post(`${path}/${made.body.id}/deliver`, { attendance: [{ schoolUrn: a, minutes: 10 }] });
    expect(different.body.code).toBe('bookings.already-delivered');
    expect(toldOf(made.body.id)).toEqual([
      { name: 'bookings.delivered', news: expect.objectContaining({ schools: [{ urn: a, minutes: 60 }, { urn: b, minutes: 30 }], deliveredOn: '2026-09-21', coveredByEntitlement: true, milliunits: 1000 }) },
    ]);
    const late = await specialist.post(`${path}/${made.body.id}/cancel`, { reason: 'too late' });
    expect(late.body.code).toBe('bookings.already-delivered');
    await expect(app.sql(`update booking set state = 'confirmed', delivered_at = null where id = $1`, [made.body.id])).rejects.toThrow('never changes');
  });
});

describe('when the world changes', () => {
  it('When the specialist falls ill, then a dry run says what is hit, afterwards each needs re-planning, and somebody else can take over', async () => {
    const { c, path, body, specialistId, agreementId } = await benchOf(app, { unit: 'session', entitlementMilliunits: 5000 });
    const other = await engage(app, c.id);
    await app.sql('insert into agreement_specialist (collaboration_id, agreement_id, specialist_id) values ($1, $2, $3)', [c.id, agreementId, other]);
    const made = await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'));
    const absences = `/api/collaborations/${c.id}/specialists/${specialistId}/absences`;
    const ill = { startsAt: '2026-09-21T00:00', endsAt: '2026-09-22T00:00', reason: 'illness' };
    expect((await c.coordinator.post(`${absences}?dryRun=true`, ill)).body).toMatchObject({ absence: null, hits: [{ id: made.body.id, state: 'confirmed' }] });
    const recorded = await c.coordinator.post(absences, ill);
    expect(recorded).toMatchObject({ status: 201, body: { hits: [{ id: made.body.id, state: 'needs-replanning', replanReason: 'availability.absent' }] } });
    const proposals = await c.businessManager.get(`${path}/${made.body.id}/proposals`);
    expect(proposals.body.items[0]).toMatchObject({ specialistId: other, startsAt: made.body.startsAt });
    const { specialistId: who, startsAt, endsAt } = proposals.body.items[0];
    const moved = await c.businessManager.post(`${path}/${made.body.id}/move`, { specialistId: who, startsAt, endsAt });
    expect(moved.body).toMatchObject({ state: 'confirmed', specialistId: other });
    expect((await c.businessManager.get(`${path}/${made.body.id}`)).body.taken).toEqual([{ urn: c.urns[0], milliunits: 1000 }]);
  });

  it('When an absence is taken back, then what it hit stands again where nothing came in between', async () => {
    const { c, path, body, specialist, specialistId } = await benchOf(app);
    const first = await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'));
    const absences = `/api/collaborations/${c.id}/specialists/${specialistId}/absences`;
    const absence = await specialist.post(absences, { startsAt: '2026-09-21T08:00', endsAt: '2026-09-21T18:00', reason: 'training' });
    expect((await c.businessManager.post(path, body('2026-09-21T13:00', '2026-09-21T14:00'))).body.code).toBe('availability.absent');
    const back = await specialist.post(`${absences}/${absence.body.absence.id}/withdraw`);
    expect(back.body.restored).toMatchObject([{ id: first.body.id, state: 'confirmed' }]);
    expect((await c.businessManager.post(path, body('2026-09-21T09:30', '2026-09-21T10:30'))).body.code).toBe('availability.slot-taken');
    expect((await specialist.post(`${absences}/${absence.body.absence.id}/withdraw`)).body.restored).toEqual([]);
  });

  it('When a school moves an INSET day, then the bookings of that day need re-planning and stand again when it moves back', async () => {
    const { c, path, body } = await benchOf(app);
    const made = await c.businessManager.post(path, body('2026-09-25T09:00', '2026-09-25T10:00'));
    await app.sql(`insert into calendar_entry (id, collaboration_id, level, urn, kind, name, from_on, to_on) values (gen_random_uuid(), $1, 'school', $2, 'inset', 'INSET', '2026-09-25', '2026-09-25')`, [c.id, c.urns[0]]);
    const days = { from: '2026-09-14', to: '2026-12-18' };
    const check = `/api/collaborations/${c.id}/replanning`;
    expect((await c.coordinator.post(`${check}?dryRun=true`, days)).body.hits).toMatchObject([{ id: made.body.id, state: 'confirmed', code: 'availability.school-inset' }]);
    expect((await c.coordinator.post(check, days)).body.hits).toMatchObject([{ id: made.body.id, state: 'needs-replanning' }]);
    await app.sql(`delete from calendar_entry where collaboration_id = $1 and kind = 'inset'`, [c.id]);
    expect((await c.coordinator.post(check, days)).body.restored).toMatchObject([{ id: made.body.id, state: 'confirmed' }]);
    expect(await storedOverlaps(app)).toBe(0);
  });
});
