import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/new-id.js';
import type { Client } from '../harness.js';
import { startApp, type TestApp } from '../harness.js';
import { agree, benchOf, closeSchool, engage, morning, type Bench } from './arrange.js';

let app: TestApp;
let bench: Bench;
let other: Bench;

beforeAll(async () => {
  app = await startApp();
  app.clock.set(morning);
  bench = await benchOf(app);
  other = await benchOf(app);
  await closeSchool(app, bench.c.id, bench.c.urns[0] as string, 'inset', '2026-09-28');
  await app.sql(
    `insert into credential (id, collaboration_id, specialist_id, type, checked_on, checked_by, expires_on) values ($1, $2, $3, 'insurance', '2026-01-01', 'Carol', '2026-11-30')`,
    [newId(), bench.c.id, bench.specialistId],
  );
});

describe('what cannot be booked says why and changes nothing', () => {
  it('When an engagement is over, then neither hours of work nor extra time of later days can be booked', async () => {
    const over = await benchOf(app);
    const { c, path, body, specialistId } = over;
    await app.sql(`update engagement set until_on = '2026-09-30' where collaboration_id = $1`, [c.id]);
    expect((await c.coordinator.post(`/api/collaborations/${c.id}/specialists/${specialistId}/extra-time`, { startsAt: '2026-10-10T09:00', endsAt: '2026-10-10T12:00' })).status).toBe(201);
    for (const day of ['2026-10-06', '2026-10-10']) expect((await c.businessManager.post(path, body(`${day}T09:00`, `${day}T10:00`))).body.code).toBe('availability.outside-pattern');
    expect((await c.businessManager.post(path, body('2026-09-30T09:00', '2026-09-30T10:00'))).status).toBe(201);
  });

  it.each([
    ['in the past', '2026-09-11T09:00', '2026-09-11T10:00', 409, 'availability.notice-too-short'],
    ['with the end before the start', '2026-09-21T10:00', '2026-09-21T09:00', 422, 'bookings.ends-before-it-starts'],
    ['longer than a day', '2026-09-21T10:00', '2026-09-23T10:00', 422, 'bookings.period-too-long'],
    ['at a time that does not exist', '2027-03-28T01:30', '2027-03-28T02:30', 422, 'availability.no-such-time'],
    ['on a date that does not exist', '2026-02-30T09:00', '2026-02-30T10:00', 422, 'platform.not-valid'],
    ['in another century', '9999-12-31T09:00', '9999-12-31T10:00', 422, 'availability.no-such-time'],
    ['at night', '2026-09-21T20:00', '2026-09-21T21:00', 409, 'availability.outside-pattern'],
    ['at half-term', '2026-10-27T09:00', '2026-10-27T10:00', 409, 'availability.school-holiday'],
    ['on an INSET day', '2026-09-28T09:00', '2026-09-28T10:00', 409, 'availability.school-inset'],
    ['on a bank holiday', '2027-05-03T09:00', '2027-05-03T10:00', 409, 'availability.bank-holiday'],
    ['after a credential expires', '2026-12-01T09:00', '2026-12-01T10:00', 409, 'availability.credential-expired'],
    ['after the agreement', '2027-09-14T09:00', '2027-09-14T10:00', 409, 'availability.no-agreement'],
  ] as const)('%s', async (_, startsAt, endsAt, status, code) => {
    const answer = await bench.c.businessManager.post(bench.path, bench.body(startsAt, endsAt));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.detail).toMatch(/\w+ .*\./);
    expect((await bench.c.businessManager.get(bench.path)).body.total).toBe(0);
  });

  it('When the agreement offers certain lengths, then another length is refused with those', async () => {
    const agreementId = await agree(app, bench.c, [bench.specialistId], { lengthsMinutes: [60, 90] });
    const answer = await bench.c.businessManager.post(bench.path, bench.body('2026-09-21T09:00', '2026-09-21T09:45', { agreementId }));
    expect(answer).toMatchObject({ status: 422, body: { code: 'bookings.length-not-on-offer', facts: { lengthsMinutes: [60, 90] } } });
  });

  it('When a school does not subscribe, then the refusal names it', async () => {
    const agreementId = await agree(app, bench.c, [bench.specialistId], { urns: [bench.c.urns[1] as string] });
    const answer = await bench.c.businessManager.post(bench.path, bench.body('2026-09-21T09:00', '2026-09-21T10:00', { agreementId }));
    expect(answer).toMatchObject({ status: 409, body: { code: 'availability.not-subscribed', facts: { schoolUrn: bench.c.urns[0] } } });
  });

  it('When a room is not where the session takes place, then it is refused, and a room of that school is taken', async () => {
    const { c, path, body } = bench;
    const [own, sisters] = [newId(), newId()];
    for (const [id, urn] of [[own, c.urns[0]], [sisters, c.urns[1]]]) await app.sql('insert into room (id, collaboration_id, school_urn, name) values ($1, $2, $3, $4)', [id, c.id, urn, `Room ${id}`]);
    const ask = (more: Record<string, unknown>) => c.coordinator.post(path, body('2026-09-22T14:00', '2026-09-22T15:00', more));
    const before = (await c.coordinator.get(path)).body.total;
    expect(await ask({ roomId: sisters })).toMatchObject({ status: 422, body: { code: 'bookings.room-elsewhere', facts: { room: `Room ${sisters}`, schoolUrn: c.urns[1] } } });
    expect(await ask({ roomId: own, place: { remote: true } })).toMatchObject({ status: 422, body: { code: 'bookings.room-elsewhere' } });
    expect((await c.coordinator.get(path)).body.total).toBe(before);
    const made = await ask({ roomId: sisters, place: { schoolUrn: c.urns[1] } });
    expect(made).toMatchObject({ status: 201, body: { roomId: sisters } });
    const moved = await c.coordinator.post(`${path}/${made.body.id}/move`, { startsAt: '2026-09-22T15:00', endsAt: '2026-09-22T16:00', roomId: own });
    expect(moved).toMatchObject({ status: 422, body: { code: 'bookings.room-elsewhere' } });
    expect((await c.coordinator.post(`${path}/${made.body.id}/cancel`, { reason: 'only tried' })).status).toBe(200);
  });

  it('When ids are foreign or missing, then each answers 404', async () => {
    const { c, path, body } = bench;
    const ask = (more: Record<string, unknown>) => c.coordinator.post(path, body('2026-09-21T09:00', '2026-09-21T10:00', more));
    for (const more of [{ agreementId: other.agreementId }, { agreementId: newId() }, { specialistId: other.specialistId }, { specialistId: newId() }, { roomId: newId() }]) {
      expect(await ask(more)).toMatchObject({ status: 404, body: { code: 'platform.not-found' } });
    }
    expect(await ask({ specialistId: await engage(app, c.id) })).toMatchObject({ status: 422, body: { code: 'bookings.specialist-not-offered' } });
    expect(await ask({ place: { schoolUrn: other.c.urns[0] } })).toMatchObject({ status: 422, body: { code: 'bookings.place-not-known' } });
    expect(await ask({ schoolUrns: [other.c.urns[0]] })).toMatchObject({ status: 409, body: { code: 'availability.not-subscribed' } });
    expect(await ask({ schoolUrns: [c.urns[0], c.urns[0]] })).toMatchObject({ status: 422, body: { code: 'bookings.same-school-twice' } });
    expect(await ask({ schoolUrns: [] })).toMatchObject({ status: 422, body: { code: 'platform.not-valid' } });
    const made = await other.c.businessManager.post(other.path, other.body('2026-09-21T09:00', '2026-09-21T10:00'));
    for (const action of ['approve', 'decline', 'cancel', 'deliver', 'move']) {
      const body = action === 'move' ? { startsAt: '2026-09-22T09:00', endsAt: '2026-09-22T10:00' } : action === 'cancel' ? { reason: 'x' } : undefined;
      expect((await c.coordinator.post(`${path}/${made.body.id}/${action}`, body)).status).toBe(404);
      expect((await c.coordinator.post(`${other.path}/${made.body.id}/${action}`, body)).status).toBe(404);
    }
    expect((await c.coordinator.get(`${path}/${made.body.id}`)).status).toBe(404);
    expect((await c.coordinator.get(`${path}/not-an-id`)).status).toBe(422);
  });

  it('When a series is unreasonable, then it is refused whole', async () => {
    const ask = (repeat: unknown) => bench.c.businessManager.post(bench.path, bench.body('2026-10-01T09:00', '2026-10-01T10:00', { repeat }));
    expect((await ask({ recurrence: { kind: 'weekly' }, end: { sessions: 10_000 } })).body.code).toBe('bookings.series-too-long');
    expect((await ask({ recurrence: { kind: 'weekly' }, end: { sessions: 100_000 } })).body.code).toBe('platform.not-valid');
    expect((await ask({ recurrence: { kind: 'daily' }, end: { sessions: 3 } })).body.code).toBe('platform.not-valid');
  });
});

describe('finding slots', () => {
  it('When slots are explained, then every refused stretch has a code and facts', async () => {
    const url = `/api/collaborations/${bench.c.id}/slots?agreementId=${bench.agreementId}&schoolUrn=${bench.c.urns[0]}&from=2026-09-28&to=2026-09-29&minutes=60&explain=true`;
    const { status, body } = await bench.c.businessManager.get(url);
    expect(status).toBe(200);
    expect(body.slots[0]).toEqual({ specialistId: bench.specialistId, startsAt: '2026-09-29T07:00:00.000Z', endsAt: '2026-09-29T08:00:00.000Z' });
    expect(body.refusals.map((run: { code: string }) => run.code)).toEqual(expect.arrayContaining(['availability.school-inset', 'availability.outside-pattern']));
    expect((await bench.c.businessManager.get(url.replace('&explain=true', ''))).body.refusals).toBeUndefined();
  });

  it.each([
    ['no school', 'from=2026-09-28&to=2026-09-29&minutes=60', 422],
    ['the end before the start', 'schoolUrn=900001&from=2026-09-29&to=2026-09-28&minutes=60', 422],
    ['ten years', 'schoolUrn=900001&from=2026-09-29&to=2036-09-28&minutes=60', 422],
    ['no length', 'schoolUrn=900001&from=2026-09-28&to=2026-09-29&minutes=0', 422],
  ] as const)('When a request names %s, then it is refused', async (_, query, status) => {
    const answer = await bench.c.businessManager.get(`/api/collaborations/${bench.c.id}/slots?agreementId=${bench.agreementId}&${query}`);
    expect(answer.status).toBe(status);
    expect(answer.body.code).toBeDefined();
  });
});

describe('who may', () => {
  it('When a business manager books for a sister school, then it is refused; the coordinator may', async () => {
    const { c, path, body } = bench;
    const wanted = body('2026-09-22T09:00', '2026-09-22T10:00', { schoolUrns: [c.urns[1]] });
    expect(await c.businessManager.post(path, wanted)).toMatchObject({ status: 403, body: { code: 'bookings.not-your-school' } });
    const made = await c.coordinator.post(path, wanted);
    expect(made.status).toBe(201);
    const to = { startsAt: '2026-09-23T09:00', endsAt: '2026-09-23T10:00' };
    expect((await c.businessManager.post(`${path}/${made.body.id}/move`, to)).status).toBe(403);
    expect((await c.businessManager.post(`${path}/${made.body.id}/cancel`, { reason: 'x' })).status).toBe(403);
    expect((await c.businessManager.get(`${path}/${made.body.id}`)).body.actions).toEqual([]);
    expect((await c.sister.get(`${path}/${made.body.id}`)).body.actions).toEqual(['move', 'cancel']);
  });

  it('When each role tries each deed, then only those who may do it', async () => {
    const { c, path, body, specialist } = bench;
    const made = await c.businessManager.post(path, body('2026-09-23T09:00', '2026-09-23T10:00'));
    const deeds: Record<string, (client: Client) => Promise<{ status: number }>> = {
      list: (client) => client.get(path),
      book: (client) => client.post(path, {}),
      approve: (client) => client.post(`${path}/${newId()}/approve`),
      deliver: (client) => client.post(`${path}/${newId()}/deliver`),
      cancel: (client) => client.post(`${path}/${newId()}/cancel`, { reason: 'x' }),
    };
    const matrix: [Client, Record<string, number>][] = [
      [c.coordinator, { list: 200, book: 422, approve: 404, deliver: 404, cancel: 404 }],
      [c.businessManager, { list: 200, book: 422, approve: 403, deliver: 403, cancel: 404 }],
      [c.head, { list: 200, book: 403, approve: 404, deliver: 403, cancel: 403 }],
      [c.financeOfficer, { list: 200, book: 403, approve: 403, deliver: 403, cancel: 403 }],
      [c.auditor, { list: 200, book: 403, approve: 403, deliver: 403, cancel: 403 }],
      [specialist, { list: 200, book: 403, approve: 403, deliver: 404, cancel: 404 }],
      [app.anonymous(), { list: 401, book: 401, approve: 401, deliver: 401, cancel: 401 }],
      [other.c.coordinator, { list: 404, book: 404, approve: 404, deliver: 404, cancel: 404 }],
    ];
    for (const [client, expected] of matrix) {
      const got = Object.fromEntries(await Promise.all(Object.entries(deeds).map(async ([name, act]) => [name, (await act(client)).status] as const)));
      expect(got).toEqual(expected);
    }
    expect((await specialist.get(path)).body.items.map((b: { id: string }) => b.id)).toContain(made.body.id);
    const stranger = await app.person('specialist', { collaborationId: c.id, specialistId: await engage(app, c.id) });
    expect((await stranger.get(path)).body.total).toBe(0);
    expect((await stranger.get(`${path}/${made.body.id}`)).status).toBe(404);
    expect((await stranger.post(`${path}/${made.body.id}/cancel`, { reason: 'x' })).status).toBe(404);
  });

  it('When a school keeps a reference, then only that school and the named specialist read it', async () => {
    const { c, path, body, specialist } = bench;
    const made = await c.businessManager.post(path, body('2026-09-24T09:00', '2026-09-24T10:00', { reference: 'K-17' }));
    const seenBy = async (client: Client) => (await client.get(`${path}/${made.body.id}`)).text.includes('K-17');
    expect(await Promise.all([c.businessManager, c.head, specialist].map(seenBy))).toEqual([true, true, true]);
    expect(await Promise.all([c.coordinator, c.sister, c.financeOfficer, c.auditor].map(seenBy))).toEqual([false, false, false, false]);
    const [trail] = await app.sql<{ count: number }>(`select count(*)::int as count from trail where after::text like '%K-17%'`);
    expect(trail?.count).toBe(0);
  });
});
