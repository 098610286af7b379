import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../harness.js';
import { benchOf, engage, morning, type Bench } from '../bookings/arrange.js';

let app: TestApp;
let bench: Bench;

beforeAll(async () => {
  app = await startApp();
  app.clock.set(morning);
  bench = await benchOf(app);
});

const at = (specialistId: string) => `/api/collaborations/${bench.c.id}/specialists/${specialistId}`;

describe('when a specialist works', () => {
  it('When a pattern is added, then its hours are offered, and no longer when it is removed', async () => {
    const { c, specialist, specialistId, agreementId } = bench;
    const saturdays = { validFrom: '2026-09-01', termTimeOnly: false, hours: [{ weekday: 6, from: '10:00', to: '12:00' }] };
    const slots = () => c.coordinator.get(`/api/collaborations/${c.id}/slots?agreementId=${agreementId}&schoolUrn=${c.urns[0]}&from=2026-09-19&to=2026-09-19&minutes=60`);
    expect((await slots()).body.slots).toEqual([]);
    const pattern = await specialist.post(`${at(specialistId)}/working-patterns`, saturdays);
    expect(pattern).toMatchObject({ status: 201, body: { everyWeeks: 1, hours: [{ weekday: 6, from: '10:00', to: '12:00' }] } });
    expect((await slots()).body.slots.map((slot: { startsAt: string }) => slot.startsAt.slice(11, 16))).toEqual(['09:00', '09:15', '09:30', '09:45', '10:00']);
    expect((await specialist.get(`${at(specialistId)}/working-patterns`)).body.items).toHaveLength(2);
    expect((await specialist.delete(`${at(specialistId)}/working-patterns/${pattern.body.id}`)).status).toBe(204);
    expect((await slots()).body.slots).toEqual([]);
  });

  it('When hours are changed from a day on, then old and new stand one after the other, all or nothing, and it can be taken back', async () => {
    const { c, specialist } = bench;
    const colleague = await engage(app, c.id);
    const changes = (body: object) => c.coordinator.post(`${at(colleague)}/working-patterns/changes`, body);
    const monday = { validFrom: '2026-09-01', validTo: null, everyWeeks: 1, anchorOn: null, termTimeOnly: true, hours: [{ weekday: 1, from: '09:00', to: '12:00' }] };
    const [engaged] = (await c.coordinator.get(`${at(colleague)}/working-patterns`)).body.items;
    const first = await changes({ remove: [engaged.id], add: [monday] });
    expect(first).toMatchObject({ status: 200, body: { items: [monday] } });
    const ended = { ...monday, validTo: '2026-10-31' };
    const tuesday = { ...monday, validFrom: '2026-11-01', hours: [{ weekday: 2, from: '13:00', to: '16:00' }] };
    const both = await changes({ remove: [first.body.items[0].id], add: [ended, tuesday] });
    expect(both.body.items).toMatchObject([ended, tuesday]);
    const stale = await changes({ remove: [first.body.items[0].id], add: [monday] });
    expect([stale.status, stale.body.code]).toEqual([409, 'availability.hours-changed-meanwhile']);
    const back = await changes({ remove: both.body.items.map(({ id }: { id: string }) => id), add: [monday] });
    expect(back.body.items).toMatchObject([monday]);
    expect((await c.businessManager.get(`/api/collaborations/${c.id}/working-patterns`)).body.items).toContainEqual(back.body.items[0]);
    expect((await specialist.post(`${at(colleague)}/working-patterns/changes`, { add: [monday] })).status).toBe(403);
    expect((await changes({})).status).toBe(422);
  });

  it('When extra time is added, then it can be booked out of the pattern', async () => {
    const { c, path, body, specialist, specialistId } = bench;
    const evening = body('2026-09-21T18:30', '2026-09-21T19:30');
    expect((await c.businessManager.post(path, evening)).body.code).toBe('availability.outside-pattern');
    const extra = await specialist.post(`${at(specialistId)}/extra-time`, { startsAt: '2026-09-21T18:00', endsAt: '2026-09-21T20:00' });
    expect(extra).toMatchObject({ status: 201, body: { startsAt: '2026-09-21T17:00:00.000Z' } });
    expect((await c.businessManager.post(path, evening)).status).toBe(201);
  });

  it.each([
    ['that end before they begin', { hours: [{ weekday: 1, from: '12:00', to: '09:00' }] }, 'platform.not-valid'],
    ['on an eighth day', { hours: [{ weekday: 8, from: '09:00', to: '12:00' }] }, 'platform.not-valid'],
    ['that overlap', { hours: [{ weekday: 1, from: '09:00', to: '12:00' }, { weekday: 1, from: '11:00', to: '13:00' }] }, 'availability.pattern-overlaps-itself'],
    ['every second week of no known week', { everyWeeks: 2, hours: [{ weekday: 1, from: '09:00', to: '12:00' }] }, 'platform.not-valid'],
  ])('When hours are sent %s, then they are refused', async (_, wanted, code) => {
    const answer = await bench.c.coordinator.post(`${at(bench.specialistId)}/working-patterns`, { validFrom: '2026-09-01', ...wanted });
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });

  it('When somebody reaches for another diary, then it is refused; a stranger to the collaboration is missing', async () => {
    const { c, specialist } = bench;
    const colleague = await engage(app, c.id);
    const wanted = { validFrom: '2026-09-01', hours: [{ weekday: 1, from: '09:00', to: '12:00' }] };
    expect((await specialist.post(`${at(colleague)}/working-patterns`, wanted)).status).toBe(403);
    expect((await c.businessManager.post(`${at(colleague)}/working-patterns`, wanted)).status).toBe(403);
    expect((await c.coordinator.post(`${at(c.id)}/working-patterns`, wanted)).status).toBe(404);
    expect((await c.coordinator.get(`${at(c.id)}/extra-time`)).status).toBe(404);
  });
});

describe('places', () => {
  it('When journeys and rooms are kept, then they are known, and a room is used by one session at a time', async () => {
    const { c, path, body } = bench;
    const [a, b] = c.urns as [string, string];
    const travel = `/api/collaborations/${c.id}/travel-times`;
    expect((await c.coordinator.put(travel, { items: [{ fromUrn: a, toUrn: b, minutes: 25 }] })).body).toMatchObject({ items: [{ minutes: 25 }], assumedMinutes: 20 });
    expect((await c.coordinator.put(travel, { items: [{ fromUrn: a, toUrn: '999999', minutes: 25 }] })).body.code).toBe('identity.no-such-school');
    expect((await c.businessManager.put(travel, { items: [{ fromUrn: a, toUrn: b, minutes: 5 }] })).status).toBe(403);
    const journeys = (await c.head.get(`${travel}/${a}`)).body.items.find((one: { urn: string }) => one.urn === b);
    expect(journeys).toMatchObject({ there: { minutes: 25, basis: 'known' }, back: { minutes: 20, basis: 'default' } });
    await app.sql('update school set easting = 430000, northing = 265000 + $2 where urn = $1', [a, 0]);
    await app.sql('update school set easting = 430000, northing = 265000 + $2 where urn = $1', [b, 3000]);
    const forgotten = await c.coordinator.put(travel, { items: [{ fromUrn: a, toUrn: b, minutes: null }] });
    expect(forgotten.body.items).toEqual([]);
    const assumed = (await c.head.get(`${travel}/${a}`)).body.items.find((one: { urn: string }) => one.urn === b);
    expect([assumed.there, assumed.back]).toEqual([{ minutes: 14, basis: 'straight-line' }, { minutes: 14, basis: 'straight-line' }]);
    expect((await c.head.get(`${travel}/999999`)).status).toBe(404);
    const rooms = `/api/collaborations/${c.id}/rooms`;
    const room = await c.coordinator.post(rooms, { schoolUrn: a, name: 'The Nest' });
    expect(room.status).toBe(201);
    expect((await c.coordinator.post(rooms, { schoolUrn: a, name: 'The Nest' })).body.code).toBe('availability.room-exists');
    const spare = await c.coordinator.post(rooms, { schoolUrn: a, name: 'The Den' });
    expect((await c.coordinator.put(`${rooms}/${spare.body.id}`, { name: 'The Nest' })).body.code).toBe('availability.room-exists');
    expect((await c.coordinator.put(`${rooms}/${spare.body.id}`, { name: 'The Hall' })).body.name).toBe('The Hall');
    expect((await c.coordinator.delete(`${rooms}/${spare.body.id}`)).status).toBe(204);
    expect((await c.coordinator.delete(`${rooms}/${spare.body.id}`)).status).toBe(404);
    const colleague = await engage(app, c.id);
    await app.sql('insert into agreement_specialist (collaboration_id, agreement_id, specialist_id) values ($1, $2, $3)', [c.id, bench.agreementId, colleague]);
    const wanted = body('2026-09-23T09:00', '2026-09-23T10:00', { roomId: room.body.id });
    const answers = await Promise.all([c.businessManager.post(path, wanted), c.businessManager.post(path, { ...wanted, specialistId: colleague })]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    expect(answers.find((answer) => answer.status === 409)?.body.code).toBe('availability.room-taken');
    expect((await c.coordinator.delete(`${rooms}/${room.body.id}`)).body.code).toBe('availability.room-in-use');
  });
});
