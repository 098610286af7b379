import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/new-id.js';
import { startApp, type TestApp } from '../harness.js';
import { benchOf, engage, morning, storedOverlaps, type Bench } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set(morning);
});

interface RoomBench extends Bench {
  readonly room: string;
  readonly second: string;
  /** Somebody else of the same agreement, who can be in the room as well. */
  readonly colleague: string;
  /** The colleague takes a room of the first school for an hour. */
  occupy(startsAt: string, endsAt: string, roomId?: string): Promise<string>;
}

/** The first school has two rooms. */
async function withRooms(): Promise<RoomBench> {
  const bench = await benchOf(app);
  const { c, path, body, agreementId } = bench;
  const [room, second] = [newId(), newId()];
  for (const id of [room, second]) await app.sql('insert into room (id, collaboration_id, school_urn, name) values ($1, $2, $3, $4)', [id, c.id, c.urns[0], `Room ${id}`]);
  const colleague = await engage(app, c.id);
  await app.sql('insert into agreement_specialist (collaboration_id, agreement_id, specialist_id) values ($1, $2, $3)', [c.id, agreementId, colleague]);
  const occupy = async (startsAt: string, endsAt: string, roomId = room) => {
    const made = await c.coordinator.post(path, body(startsAt, endsAt, { specialistId: colleague, roomId }));
    expect(made.status).toBe(201);
    return made.body.id as string;
  };
  return { ...bench, room, second, colleague, occupy };
}

const weekly = (sessions: number) => ({ repeat: { recurrence: { kind: 'weekly' }, end: { sessions } } });
const startsOf = (moved: { sessions: { outcome: string; fromStartsAt: string; code?: string }[] }) => moved.sessions.map(({ outcome, fromStartsAt, code }) => [outcome, fromStartsAt.slice(0, 10), code]);

describe('a room', () => {
  it('When it is taken on one date of a series, then the preview says so and the others are booked in it', async () => {
    const { c, path, body, room, occupy } = await withRooms();
    await occupy('2026-09-29T09:30', '2026-09-29T10:30');
    const wanted = body('2026-09-22T09:00', '2026-09-22T10:00', { roomId: room, ...weekly(3) });
    const preview = await c.businessManager.post(`${path}/series-preview`, wanted);
    expect(preview.body.dates.filter((one: { code?: string }) => one.code)).toMatchObject([{ date: '2026-09-29', code: 'availability.room-taken' }]);
    const made = await c.businessManager.post(path, wanted);
    expect(made.body.series.bookings.map((one: { startsAt: string; roomId: string }) => [one.startsAt.slice(0, 10), one.roomId])).toEqual([['2026-09-22', room], ['2026-10-06', room], ['2026-10-13', room]]);
    expect(await storedOverlaps(app)).toBe(0);
  });

  it('When a series moves to hours at which the room is taken once, then that session stays and says why, and the room of the others moves with them', async () => {
    const { c, path, body, room, occupy } = await withRooms();
    const made = await c.businessManager.post(path, body('2026-09-22T09:00', '2026-09-22T10:00', { roomId: room, ...weekly(3) }));
    await occupy('2026-09-29T14:00', '2026-09-29T15:00');
    const moved = await c.businessManager.post(`${path}/${made.body.id}/move`, { startsAt: '2026-09-22T14:00', endsAt: '2026-09-22T15:00', which: 'following' });
    expect(startsOf(moved.body)).toEqual([['moves', '2026-09-22', undefined], ['stays', '2026-09-29', 'availability.room-taken'], ['moves', '2026-10-06', undefined]]);
    await occupy('2026-09-22T09:00', '2026-09-22T10:00');
    expect(await c.coordinator.post(path, body('2026-10-06T14:00', '2026-10-06T15:00', { specialistId: made.body.specialistId, roomId: room }))).toMatchObject({ status: 409 });
    expect(await storedOverlaps(app)).toBe(0);
  });

  it('When a later session of a series has another room, which is taken, then that session stays and the others move', async () => {
    const { c, path, body, room, second, occupy } = await withRooms();
    const made = await c.businessManager.post(path, body('2026-09-22T09:00', '2026-09-22T10:00', { roomId: room, ...weekly(3) }));
    const [, later] = made.body.series.bookings as { id: string }[];
    expect((await c.businessManager.post(`${path}/${later?.id}/move`, { startsAt: '2026-09-29T09:00', endsAt: '2026-09-29T10:00', roomId: second })).body.roomId).toBe(second);
    await occupy('2026-09-29T14:00', '2026-09-29T15:00', second);
    const wanted = { startsAt: '2026-09-22T14:00', endsAt: '2026-09-22T15:00', which: 'following' };
    const expected = [['moves', '2026-09-22', undefined], ['stays', '2026-09-29', 'availability.room-taken'], ['moves', '2026-10-06', undefined]];
    expect(startsOf((await c.businessManager.post(`${path}/${made.body.id}/move?dryRun=true`, wanted)).body)).toEqual(expected);
    const moved = await c.businessManager.post(`${path}/${made.body.id}/move`, wanted);
    expect([moved.status, startsOf(moved.body)]).toEqual([200, expected]);
    expect(await storedOverlaps(app)).toBe(0);
  });

  it('When a session of a series is remote by now, then a room for all that follow is not given to it', async () => {
    const { c, path, body, room } = await withRooms();
    const made = await c.businessManager.post(path, body('2026-09-22T09:00', '2026-09-22T10:00', weekly(2)));
    const [, later] = made.body.series.bookings as { id: string }[];
    await c.businessManager.post(`${path}/${later?.id}/move`, { startsAt: '2026-09-29T09:00', endsAt: '2026-09-29T10:00', place: { remote: true } });
    const moved = await c.businessManager.post(`${path}/${made.body.id}/move`, { startsAt: '2026-09-22T11:00', endsAt: '2026-09-22T12:00', which: 'following', roomId: room });
    expect(startsOf(moved.body)).toEqual([['moves', '2026-09-22', undefined], ['stays', '2026-09-29', 'bookings.room-elsewhere']]);
    expect((await c.businessManager.get(`${path}/${later?.id}`)).body).toMatchObject({ place: { remote: true }, roomId: null });
  });

  it('When a session with a room needs another time, then only times are proposed at which its room is free, and no other is taken', async () => {
    const { c, path, body, room, specialistId, colleague, occupy } = await withRooms();
    const made = await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00', { roomId: room }));
    await c.coordinator.post(`/api/collaborations/${c.id}/specialists/${specialistId}/absences`, { startsAt: '2026-09-21T00:00', endsAt: '2026-09-22T00:00', reason: 'illness' });
    expect((await c.businessManager.get(`${path}/${made.body.id}`)).body.state).toBe('needs-replanning');
    // Who needs another time holds neither the hour nor the room.
    await occupy('2026-09-21T09:00', '2026-09-21T10:00');
    await occupy('2026-09-22T09:00', '2026-09-22T10:00');
    const { items } = (await c.businessManager.get(`${path}/${made.body.id}/proposals`)).body as { items: { startsAt: string; endsAt: string; specialistId: string }[] };
    expect(items.length).toBeGreaterThan(0);
    const taken = [['2026-09-21T08:00:00.000Z', '2026-09-21T09:00:00.000Z'], ['2026-09-22T08:00:00.000Z', '2026-09-22T09:00:00.000Z']] as const;
    for (const one of items) for (const [from, to] of taken) expect([one, one.startsAt < to && one.endsAt > from]).toEqual([one, false]);
    const accept = (to: { startsAt: string; endsAt: string; specialistId: string }) => c.businessManager.post(`${path}/${made.body.id}/proposals/accept`, to);
    const [from, to] = taken[1];
    expect(await accept({ startsAt: from, endsAt: to, specialistId })).toMatchObject({ status: 409, body: { code: 'availability.room-taken' } });
    const { startsAt, endsAt, specialistId: whom } = items[0] as (typeof items)[number];
    expect((await accept({ startsAt, endsAt, specialistId: whom })).body).toMatchObject({ state: 'confirmed', roomId: room });
    const other = [specialistId, colleague].find((id) => id !== whom) as string;
    expect((await c.coordinator.post(path, body(startsAt, endsAt, { specialistId: other, roomId: room }))).status).toBe(409);
    expect(await storedOverlaps(app)).toBe(0);
  });

  it('When the room of a session that needed another time is taken meanwhile, then it does not come back by itself when the specialist does', async () => {
    const { c, path, body, room, specialistId, occupy } = await withRooms();
    const made = await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00', { roomId: room }));
    const at = `/api/collaborations/${c.id}/specialists/${specialistId}/absences`;
    const { absence } = (await c.coordinator.post(at, { startsAt: '2026-09-21T00:00', endsAt: '2026-09-22T00:00', reason: 'illness' })).body;
    const inIt = await occupy('2026-09-21T09:00', '2026-09-21T10:00');
    await c.coordinator.delete(`${at}/${absence.id}`);
    expect((await c.businessManager.get(`${path}/${made.body.id}`)).body.state).toBe('needs-replanning');
    await c.coordinator.post(`${path}/${inIt}/cancel`, { reason: 'not needed' });
    expect(await storedOverlaps(app)).toBe(0);
  });
});
