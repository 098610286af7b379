import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type Client, type TestApp } from '../harness.js';
import { benchOf, closeSchool, morning } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

beforeEach(() => app.clock.set(morning));

describe('a training session with seats', () => {
  async function offered(capacity: number, schools: number) {
    const bench = await benchOf(app, { schools, unit: 'session', entitlementMilliunits: 1000 });
    await app.sql('update working_pattern set term_time_only = true where collaboration_id = $1', [bench.c.id]);
    const made = await bench.c.coordinator.post(bench.path, bench.body('2026-09-21T14:00', '2026-09-21T16:00', { capacity }));
    expect(made).toMatchObject({ status: 201, body: { capacity } });
    const managers: Client[] = [];
    for (const urn of bench.c.urns) managers.push(await app.person('business-manager', { collaborationId: bench.c.id, schoolUrn: urn }));
    return { ...bench, managers, at: `${bench.path}/${made.body.id}` };
  }

  it('When more schools want seats at once than there are, then it is full and never more, also by SQL', async () => {
    const { c, managers, at } = await offered(6, 9);
    const answers = await Promise.all(managers.slice(1).map((one) => one.post(`${at}/seats`, { seats: 2 })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 409, 409, 409, 409, 409, 409]);
    expect(answers.find((answer) => answer.status === 409)?.body).toMatchObject({ code: 'bookings.session-full', facts: { left: 1, capacity: 6 } });
    const seats = await c.head.get(`${at}/seats`);
    expect(seats.body).toMatchObject({ capacity: 6, left: 1 });
    expect(seats.body.schools).toHaveLength(3);
    const stranger = managers[answers.findIndex((answer) => answer.status === 409) + 1] as Client;
    const urn = c.urns[managers.indexOf(stranger)];
    const id = at.split('/').at(-1);
    await expect(app.sql('insert into booking_school (collaboration_id, booking_id, urn, position, seats) values ($1, $2, $3, 99, 2)', [c.id, id, urn])).rejects.toThrow('has 6 seats');
    expect((await stranger.post(`${at}/seats`, { seats: 1 })).body).toMatchObject({ left: 0 });
    expect((await stranger.post(`${at}/seats`, { seats: 1 })).status).toBe(200);
    expect((await stranger.post(`${at}/seats`, { seats: 0 })).body).toMatchObject({ left: 1 });
    expect((await c.head.get(at)).body.history.filter((one: { action: string }) => one.action === 'bookings.seats-taken')).toHaveLength(4);
  });

  it('When a school cannot come, or it is not a session with seats, then it is refused and says why', async () => {
    const { c, managers, at, path, body, agreementId } = await offered(20, 4);
    const [first, second, third] = managers as [Client, Client, Client];
    await closeSchool(app, c.id, c.urns[1] as string, 'inset', '2026-09-21');
    expect(await second.post(`${at}/seats`, { seats: 1 })).toMatchObject({ status: 409, body: { code: 'availability.school-inset', facts: { schoolUrn: c.urns[1] } } });
    expect(await third.post(`${at}/seats`, { schoolUrn: c.urns[3], seats: 1 })).toMatchObject({ status: 403, body: { code: 'bookings.not-your-school' } });
    expect(await first.post(`${at}/seats`, { seats: 0 })).toMatchObject({ status: 409, body: { code: 'bookings.last-school' } });
    expect((await third.post(`${at}/seats`, { seats: 501 })).status).toBe(422);
    const plain = await first.post(path, body('2026-09-22T09:00', '2026-09-22T10:00'));
    expect(plain.status).toBe(201);
    expect(await third.post(`${path}/${plain.body.id}/seats`, { seats: 1 })).toMatchObject({ status: 409, body: { code: 'bookings.no-seats' } });
    expect((await first.post(path, body('2026-09-23T09:00', '2026-09-23T10:00', { capacity: 10 }))).status).toBe(403);
    const repeat = { recurrence: { kind: 'weekly' }, end: { sessions: 3 } };
    expect((await c.coordinator.post(path, body('2026-09-23T09:00', '2026-09-23T10:00', { capacity: 10, repeat }))).body.code).toBe('bookings.seats-not-in-series');
    const left = await c.coordinator.get(`/api/collaborations/${c.id}/entitlements?agreementId=${agreementId}`);
    expect(left.body.items.map((one: { leftMilliunits: number }) => one.leftMilliunits).sort()).toEqual([0, 1000, 1000, 1000]);
  });
});

describe('sessions between schools without money', () => {
  it('When one is delivered, then hours are given and received and nothing is charged', async () => {
    const { c, path, body, specialist, agreementId } = await benchOf(app);
    const [host, giver] = c.urns as [string, string];
    await app.sql(`update supplier set kind = 'member-school', school_urn = $2 where collaboration_id = $1 and id = (select supplier_id from agreement where id = $3)`, [c.id, giver, agreementId]);
    await app.sql('update agreement set reciprocal = true where id = $1', [agreementId]);
    await expect(app.sql(`update agreement set retainer_pence = 5, instalment_plan = 'once' where id = $1`, [agreementId])).rejects.toThrow('agreement_reciprocal_costs_nothing');
    const made = await c.coordinator.post(path, body('2026-09-14T09:00', '2026-09-14T10:30', { schoolUrns: [host, giver, c.urns[2]] }));
    app.clock.set('2026-09-14T11:00:00Z');
    const attendance = [{ schoolUrn: host, minutes: 90 }, { schoolUrn: giver, minutes: 90 }, { schoolUrn: c.urns[2], minutes: 30 }];
    expect((await specialist.post(`${path}/${made.body.id}/deliver`, { attendance })).status).toBe(200);
    await c.coordinator.post(`/api/collaborations/${c.id}/hours-given`, { giverUrn: host, takerUrn: giver, minutes: 20, givenOn: '2026-09-14', what: 'Moderation' });
    const { body: report } = await c.head.get(`/api/collaborations/${c.id}/hours-given`);
    expect(report.items.map((line: { from: string; minutes: number }) => [line.from, line.minutes])).toEqual(expect.arrayContaining([['session', 90], ['session', 30], ['entered', 20]]));
    const moved = report.balances.filter((one: { givenMinutes: number; takenMinutes: number }) => one.givenMinutes + one.takenMinutes > 0);
    const lines = Object.fromEntries(moved.map((one: { urn: string; givenMinutes: number; takenMinutes: number; balanceMinutes: number }) => [one.urn, [one.givenMinutes, one.takenMinutes, one.balanceMinutes]]));
    expect(lines).toEqual({ [giver]: [120, 20, 100], [host]: [20, 90, -70], [c.urns[2] as string]: [0, 30, -30] });
    expect((await app.sql('select 1 from charge where booking_id = $1', [made.body.id])).length).toBe(0);
    const expected = await c.head.get(`/api/collaborations/${c.id}/booking-shares?agreementId=${agreementId}&schoolUrn=${host}&startsAt=2026-09-14T09:00&endsAt=2026-09-14T10:30`);
    expect(expected.body).toEqual({ kind: 'reciprocal', pence: 0, shares: [] });
  });
});
