import { beforeAll, describe, expect, it } from '@jest/globals';
import { Holds } from '../../src/bookings/holds.service.js';
import { WaitlistOffers } from '../../src/bookings/waitlist-offers.js';
import { until } from '../client.js';
import { startApp, type Client, type TestApp } from '../harness.js';
import { agree, benchOf, engage, morning, storedOverlaps, type Bench } from './arrange.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  app.clock.set(morning);
});

const at = (bench: Bench, path: string) => `/api/collaborations/${bench.c.id}/${path}`;
const hour = ['2026-10-20T09:00', '2026-10-20T10:00'] as const;

/** Waits for an hour of that week at a school. */
const join = (bench: Bench, who: Client, schoolUrn: string | undefined, more: Record<string, unknown> = {}) =>
  who.post(at(bench, 'waitlist'), { agreementId: bench.agreementId, schoolUrns: [schoolUrn], minutes: 60, from: '2026-10-19', to: '2026-10-23', ...more });
const entriesOf = async (bench: Bench, who: Client) => (await who.get(at(bench, 'waitlist'))).body.items;
/** What is offered to somebody, once it is. */
const offerTo = (bench: Bench, who: Client) => until(async () => (await entriesOf(bench, who)).map((entry: { offer: unknown }) => entry.offer).find(Boolean));

/** Somebody of the third school has the hour, the other two wait for it: the first school came first. */
async function bothWait(options: Parameters<typeof benchOf>[1] = {}) {
  const bench = await benchOf(app, options);
  const { c, path, body } = bench;
  const booked = await c.coordinator.post(path, body(...hour, { schoolUrns: [c.urns[2]] }));
  expect((await join(bench, c.businessManager, c.urns[0])).status).toBe(201);
  app.clock.set('2026-09-14T07:00:01Z');
  expect((await join(bench, c.sister, c.urns[1])).status).toBe(201);
  app.clock.set(morning);
  return { bench, booked: booked.body.id as string };
}

describe('a hold', () => {
  it('When a slot is held, then nobody else has it, and it becomes a booking or is let go', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 1000 });
    const { c, path, body } = bench;
    const held = await c.businessManager.post(at(bench, 'holds'), body(...hour));
    expect(held).toMatchObject({ status: 201, body: { state: 'held', keptUntil: '2026-09-14T07:10:00.000Z' } });
    expect((await c.sister.post(path, body(...hour, { schoolUrns: [c.urns[1]] }))).body.code).toBe('availability.slot-taken');
    expect((await c.sister.post(at(bench, `holds/${held.body.id}/confirm`))).status).toBe(403);
    const confirmed = await c.businessManager.post(at(bench, `holds/${held.body.id}/confirm`));
    expect(confirmed).toMatchObject({ status: 200, body: { state: 'confirmed', keptUntil: null } });
    expect((await c.businessManager.post(at(bench, `holds/${held.body.id}/confirm`))).body).toMatchObject({ state: 'confirmed', sequence: 1 });
    // Its one unit was drawn when it was confirmed.
    const next = await c.businessManager.post(at(bench, 'holds'), body('2026-10-21T09:00', '2026-10-21T10:00'));
    expect([next.status, next.body.code]).toEqual([409, 'availability.no-entitlement']);
    expect((await c.businessManager.post(at(bench, `holds/${held.body.id}/release`))).body.code).toBe('bookings.wrong-state');
    const other = await c.sister.post(at(bench, 'holds'), body('2026-10-22T09:00', '2026-10-22T10:00', { schoolUrns: [c.urns[1]] }));
    expect((await c.sister.post(at(bench, `holds/${other.body.id}/release`))).body.state).toBe('expired');
    expect((await c.sister.post(path, body('2026-10-22T09:00', '2026-10-22T10:00', { schoolUrns: [c.urns[1]] }))).status).toBe(201);
  });

  it('When a hold is exchanged for another, for a series or for the booking, then nobody comes in between and no trace of it is on the calendar', async () => {
    const bench = await benchOf(app);
    const { c, path, body } = bench;
    const held = await c.businessManager.post(at(bench, 'holds'), body(...hour));
    const wanted = body(...hour, { holdId: held.body.id });
    expect((await c.sister.post(path, { ...wanted, schoolUrns: [c.urns[1]] })).status).toBe(404);
    const again = await c.businessManager.post(at(bench, 'holds'), wanted);
    expect([again.status, again.body.state]).toEqual([201, 'held']);
    const series = { ...wanted, holdId: again.body.id, repeat: { recurrence: { kind: 'weekly' }, end: { sessions: 2 } } };
    expect((await c.businessManager.post(`${path}/series-preview`, series)).body).toMatchObject({ willBook: 2, skipped: expect.any(Number), dates: expect.arrayContaining([expect.objectContaining({ outcome: 'will-book', date: hour[0].slice(0, 10) })]) });
    const booked = await c.businessManager.post(path, series);
    expect([booked.status, booked.body.series.bookings.length]).toEqual([201, 2]);
    const listed = (await c.businessManager.get(path)).body.items;
    expect(listed.map((one: { state: string }) => one.state)).toEqual(['confirmed', 'confirmed']);
    expect(await storedOverlaps(app)).toBe(0);
  });

  it('When its ten minutes are over, then the time is free although no job has cleared it away', async () => {
    const bench = await benchOf(app);
    const { c, path, body } = bench;
    const held = await c.businessManager.post(at(bench, 'holds'), body(...hour));
    app.clock.set('2026-09-14T07:10:00Z');
    const slots = await c.sister.get(at(bench, `slots?agreementId=${bench.agreementId}&schoolUrn=${c.urns[1]}&from=2026-10-20T09:00&to=2026-10-20T10:00&minutes=60`));
    expect(slots.body.slots).toHaveLength(1);
    expect((await c.businessManager.post(at(bench, `holds/${held.body.id}/confirm`))).body.code).toBe('bookings.hold-expired');
    expect((await c.sister.post(path, body(...hour, { schoolUrns: [c.urns[1]] }))).status).toBe(201);
    await app.app.get(Holds).clearAway();
    const [after] = (await c.businessManager.get(`${path}?state=expired`)).body.items;
    expect(after).toMatchObject({ id: held.body.id, state: 'expired' });
    expect(await storedOverlaps(app)).toBe(0);
    app.clock.set(morning);
  });
});

describe('a request', () => {
  it('When nobody has decided it before it would begin, then it expires and its units come back', async () => {
    const bench = await benchOf(app, { needsApproval: true, unit: 'session', entitlementMilliunits: 1000 });
    const { c, path, body } = bench;
    const asked = await c.businessManager.post(path, body(...hour));
    expect(asked.body).toMatchObject({ state: 'requested', keptUntil: '2026-10-20T08:00:00.000Z' });
    app.clock.set('2026-10-20T07:59:59Z');
    const coordinator = await app.person('coordinator', { collaborationId: c.id });
    await app.app.get(Holds).clearAway();
    expect((await coordinator.get(`${path}/${asked.body.id}`)).body.state).toBe('requested');
    app.clock.set('2026-10-20T08:00:00Z');
    await app.app.get(Holds).clearAway();
    const after = await coordinator.get(`${path}/${asked.body.id}`);
    expect(after.body).toMatchObject({ state: 'expired', taken: [] });
    expect((await coordinator.post(`${path}/${asked.body.id}/approve`)).body.code).toBe('bookings.wrong-state');
    app.clock.set(morning);
  });
});

describe('the waitlist', () => {
  it('When a session is cancelled, then the first in line is offered its time, and it is held until they take it', async () => {
    const { bench, booked } = await bothWait();
    const { c, path, body } = bench;
    await c.coordinator.post(`${path}/${booked}/cancel`, { reason: 'no longer needed' });
    const offer = await offerTo(bench, c.businessManager);
    expect(offer).toMatchObject({ startsAt: '2026-10-20T08:00:00.000Z', endsAt: '2026-10-20T09:00:00.000Z', expiresAt: '2026-09-15T07:00:00.000Z', specialistId: bench.specialistId });
    expect((await entriesOf(bench, c.sister))[0].offer).toBeNull();
    expect((await c.sister.post(path, body(...hour, { schoolUrns: [c.urns[1]] }))).body.code).toBe('availability.slot-taken');
    expect((await c.sister.post(at(bench, `waitlist-offers/${offer.id}/accept`))).status).toBe(403);
    const [mail] = await app.sql<{ id: string }>(`select id from mail where about_id = $1`, [offer.id]);
    const told = await (await app.person('administrator')).get(`/api/outbox/${mail?.id}`);
    expect(told.body.subject).toContain('Tue 20 Oct 2026, 09:00–10:00');
    expect(told.body.text).toContain('until Tue 15 Sep 2026, 08:00');
    const answers = await Promise.all(Array.from({ length: 100 }, () => c.businessManager.post(at(bench, `waitlist-offers/${offer.id}/accept`))));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => answer.body.id))).toEqual(new Set([offer.bookingId]));
    expect((await c.businessManager.get(`${path}?state=confirmed`)).body.items).toMatchObject([{ id: offer.bookingId, sequence: 1, schools: [{ urn: c.urns[0] }] }]);
    expect(await entriesOf(bench, c.businessManager)).toEqual([]);
    expect(await storedOverlaps(app)).toBe(0);
  }, 60_000);

  it('When it is declined, then the next in line is offered it; when that expires, it is free', async () => {
    const { bench, booked } = await bothWait();
    const { c, path } = bench;
    await c.coordinator.post(`${path}/${booked}/cancel`, { reason: 'no longer needed' });
    const first = await offerTo(bench, c.businessManager);
    expect((await c.businessManager.post(at(bench, `waitlist-offers/${first.id}/decline`))).body.state).toBe('declined');
    const second = await offerTo(bench, c.sister);
    expect(second.startsAt).toBe(first.startsAt);
    expect((await c.businessManager.post(at(bench, `waitlist-offers/${first.id}/accept`))).status).toBe(409);
    // Who declined goes on waiting, and is not offered the same again.
    expect(await entriesOf(bench, c.businessManager)).toMatchObject([{ offer: null }]);
    app.clock.set(second.expiresAt);
    await app.app.get(Holds).clearAway();
    const sister = await app.person('business-manager', { collaborationId: c.id, schoolUrn: c.urns[1] as string });
    expect((await sister.post(at(bench, `waitlist-offers/${second.id}/accept`))).status).toBe(409);
    const outcomes = await app.sql<{ outcome: string }>(`select outcome from waitlist_offer where collaboration_id = $1 order by offered_at, id`, [c.id]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['declined', 'expired']);
    expect((await sister.post(path, bench.body(...hour, { schoolUrns: [c.urns[1]] }))).status).toBe(201);
    app.clock.set(morning);
  });

  it('When the first in line is not eligible, then the next is; what is left over of the time is offered on', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 1000 });
    const { c, path, body } = bench;
    await c.businessManager.post(path, body('2026-10-22T09:00', '2026-10-22T10:00'));
    const long = await c.coordinator.post(path, body('2026-10-20T09:00', '2026-10-20T11:00', { schoolUrns: [c.urns[2]] }));
    await join(bench, c.businessManager, c.urns[0]);
    await join(bench, c.sister, c.urns[1], { place: { remote: true } });
    await c.coordinator.post(`${path}/${long.body.id}/cancel`, { reason: 'no longer needed' });
    expect((await offerTo(bench, c.sister)).startsAt).toBe('2026-10-20T08:00:00.000Z');
    // The third school has its unit back.
    await join(bench, c.coordinator, c.urns[2], { place: { remote: true } });
    await app.app.get(WaitlistOffers).offer({ specialistId: bench.specialistId, startsAt: Date.parse('2026-10-20T09:00:00Z'), endsAt: Date.parse('2026-10-20T10:00:00Z') });
    const offers = (await entriesOf(bench, c.coordinator)).map((entry: { offer: { startsAt: string } | null }) => entry.offer?.startsAt ?? null);
    expect(offers).toEqual([null, '2026-10-20T08:00:00.000Z', '2026-10-20T09:00:00.000Z']);
  });

  it('When somebody waits from the middle of it on, or needs more than it alone, then they are offered what suits them, and what is left before it goes on', async () => {
    const bench = await benchOf(app);
    const { c, path, body } = bench;
    const long = await c.coordinator.post(path, body('2026-10-21T09:00', '2026-10-21T11:30', { schoolUrns: [c.urns[2]] }));
    const blocked = await c.coordinator.post(path, body('2026-10-20T09:00', '2026-10-20T10:00', { schoolUrns: [c.urns[2]] }));
    await c.coordinator.post(path, body('2026-10-20T11:00', '2026-10-20T15:00', { schoolUrns: [c.urns[2]] }));
    expect((await join(bench, c.businessManager, c.urns[0], { from: '2026-10-21', to: '2026-10-21', minutes: 60, place: { remote: true } })).status).toBe(201);
    await app.sql(`update waitlist_entry set within_from = '2026-10-21T09:30:00Z' where collaboration_id = $1`, [c.id]);
    app.clock.set('2026-09-14T07:00:01Z');
    expect((await join(bench, c.sister, c.urns[1], { from: '2026-10-21', to: '2026-10-21', minutes: 60, place: { remote: true } })).status).toBe(201);
    app.clock.set(morning);
    await c.coordinator.post(`${path}/${long.body.id}/cancel`, { reason: 'no longer needed' });
    expect((await offerTo(bench, c.businessManager)).startsAt).toBe('2026-10-21T09:30:00.000Z');
    expect((await offerTo(bench, c.sister)).startsAt).toBe('2026-10-21T08:00:00.000Z');
    // Two hours, of which one was free already.
    expect((await join(bench, c.coordinator, c.urns[2], { from: '2026-10-20', to: '2026-10-20', minutes: 120 })).status).toBe(201);
    await c.coordinator.post(`${path}/${blocked.body.id}/cancel`, { reason: 'no longer needed' });
    const longer = await until(async () => (await entriesOf(bench, c.coordinator)).find((entry: { minutes: number; offer: unknown }) => entry.minutes === 120 && entry.offer));
    expect(longer.offer).toMatchObject({ startsAt: '2026-10-20T07:00:00.000Z', endsAt: '2026-10-20T09:00:00.000Z' });
    expect(await storedOverlaps(app)).toBe(0);
  });

  it('When a specialist is shared, then the time goes to who waits longest, in whatever collaboration', async () => {
    const bench = await benchOf(app);
    const other = await app.collaboration();
    await engage(app, other.id, bench.specialistId);
    await app.sql(`insert into calendar_entry (id, collaboration_id, level, la_code, kind, name, from_on, to_on) select gen_random_uuid(), $2, level, la_code, kind, name, from_on, to_on from calendar_entry where collaboration_id = $1`, [bench.c.id, other.id]);
    const agreementId = await agree(app, other, [bench.specialistId]);
    const booked = await bench.c.businessManager.post(bench.path, bench.body(...hour));
    const waiting = await other.businessManager.post(`/api/collaborations/${other.id}/waitlist`, { agreementId, specialistId: bench.specialistId, schoolUrns: [other.urns[0]], minutes: 60, from: '2026-10-19', to: '2026-10-23' });
    expect(waiting.status).toBe(201);
    await bench.c.businessManager.post(`${bench.path}/${booked.body.id}/move`, { startsAt: '2026-10-21T09:00', endsAt: '2026-10-21T10:00' });
    const offer = await until(async () => (await other.businessManager.get(`/api/collaborations/${other.id}/waitlist`)).body.items[0].offer);
    expect(offer.startsAt).toBe('2026-10-20T08:00:00.000Z');
    expect((await bench.c.coordinator.get(at(bench, 'waitlist'))).body.items).toEqual([]);
  });

  it('When somebody leaves, then what was offered goes on; what cannot be waited for is refused', async () => {
    const { bench, booked } = await bothWait();
    const { c, path } = bench;
    await c.coordinator.post(`${path}/${booked}/cancel`, { reason: 'no longer needed' });
    await offerTo(bench, c.businessManager);
    const [mine] = await entriesOf(bench, c.businessManager);
    expect((await c.sister.delete(at(bench, `waitlist/${mine.id}`))).status).toBe(403);
    expect((await c.businessManager.delete(at(bench, `waitlist/${mine.id}`))).status).toBe(204);
    expect(await offerTo(bench, c.sister)).toBeTruthy();
    expect(await entriesOf(bench, c.businessManager)).toEqual([]);
    const refused = [
      await join(bench, c.businessManager, c.urns[1]), await join(bench, c.businessManager, c.urns[0], { from: '2026-10-23', to: '2026-10-19' }), await join(bench, c.businessManager, c.urns[0], { from: '2026-09-01', to: '2026-09-11' }),
      await join(bench, c.businessManager, c.urns[0], { specialistId: c.id }), await join(bench, c.businessManager, c.urns[0], { minutes: 1 }), await join(bench, c.businessManager, c.urns[0], { agreementId: c.id }),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
      [403, 'bookings.not-your-school'], [422, 'bookings.ends-before-it-starts'], [422, 'bookings.ends-before-it-starts'], [422, 'bookings.specialist-not-offered'], [422, 'platform.not-valid'], [404, 'platform.not-found'],
    ]);
  });

  it('When an absence is taken back, or extra time or a working pattern is added, then who waits is offered the first time in it that suits them', async () => {
    const bench = await benchOf(app);
    const { c, specialistId } = bench;
    const diary = at(bench, `specialists/${specialistId}`);
    const absence = await c.coordinator.post(`${diary}/absences`, { startsAt: '2026-10-19T00:00', endsAt: '2026-10-24T00:00', reason: 'illness' });
    expect((await join(bench, c.businessManager, c.urns[0], { from: '2026-10-20', to: '2026-10-23' })).status).toBe(201);
    expect((await join(bench, c.sister, c.urns[1], { from: '2026-10-24', to: '2026-10-25' })).status).toBe(201);
    expect((await c.coordinator.post(`${diary}/absences/${absence.body.absence.id}/withdraw`)).status).toBe(200);
    // Not the Monday at which the absence began: they wait from Tuesday on.
    expect((await offerTo(bench, c.businessManager)).startsAt).toMatch(/^2026-10-20T/);
    expect(await entriesOf(bench, c.sister)).toMatchObject([{ offer: null }]);
    // A Saturday, which no pattern has.
    await c.coordinator.post(`${diary}/extra-time`, { startsAt: '2026-10-24T09:00', endsAt: '2026-10-24T10:00' });
    const saturday = await offerTo(bench, c.sister);
    expect(saturday.startsAt).toBe('2026-10-24T08:00:00.000Z');
    await c.sister.post(at(bench, `waitlist-offers/${saturday.id}/decline`));
    await c.coordinator.post(`${diary}/working-patterns`, { validFrom: '2026-09-01', termTimeOnly: false, hours: [{ weekday: 7, from: '10:00', to: '12:00' }] });
    const sunday = await until(async () => (await entriesOf(bench, c.sister)).map((entry: { offer: { startsAt: string } | null }) => entry.offer).find((offer: { startsAt: string } | null) => offer?.startsAt.startsWith('2026-10-25')));
    expect(sunday.startsAt).toBe('2026-10-25T10:00:00.000Z');
    expect(await storedOverlaps(app)).toBe(0);
  });
});
