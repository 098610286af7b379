import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type Answer, type TestApp } from '../harness.js';
import { benchOf, engage, agree, morning, storedOverlaps, type Bench } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set(morning);
});

const statuses = (answers: readonly Answer[]) => Object.fromEntries([...new Set(answers.map((a) => a.status))].sort().map((s) => [s, answers.filter((a) => a.status === s).length]));

/** Numbers that look random and are the same in every run. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
  return items.map((item) => ({ item, key: next() })).sort((a, b) => a.key - b.key).map(({ item }) => item);
}

describe('nothing is ever double-booked', () => {
  it('When a hundred ask for one slot at once, then one is booked and ninety-nine are told 409, and nothing else', async () => {
    const { c, path, body } = await benchOf(app);
    const answers = await Promise.all(Array.from({ length: 100 }, () => c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'))));
    expect(statuses(answers)).toEqual({ 201: 1, 409: 99 });
    const refused = answers.filter((answer) => answer.status === 409);
    expect(new Set(refused.map((answer) => answer.body.code))).toEqual(new Set(['availability.slot-taken']));
    expect(refused.every((answer) => answer.body.facts.alternatives.length === 3)).toBe(true);
  });

  it('When a hundred ask for periods that overlap without being the same, then what is stored never overlaps', async () => {
    const { c, path, body } = await benchOf(app);
    const wanted = Array.from({ length: 100 }, (_, i) => {
      const minute = (i * 7) % 50;
      const at = (extra: number) => `2026-09-22T${String(9 + Math.floor((minute + extra) / 60)).padStart(2, '0')}:${String((minute + extra) % 60).padStart(2, '0')}`;
      return body(at(0), at(60));
    });
    const answers = await Promise.all(wanted.map((one) => c.businessManager.post(path, one)));
    expect(statuses(answers)).toEqual({ 201: 1, 409: 99 });
    expect(await storedOverlaps(app)).toBe(0);
  });

  it('When many bookings move to one hour at once, then one of them gets there and the others stay where they were', async () => {
    const { c, path, body } = await benchOf(app);
    const made: string[] = [];
    for (let day = 5; day < 10; day++) {
      for (const hour of ['09', '10', '11', '13']) made.push((await c.businessManager.post(path, body(`2026-10-0${day}T${hour}:00`.replace('010', '10'), `2026-10-0${day}T${hour}:45`))).body.id as string);
    }
    const answers = await Promise.all(made.map((id, i) => c.businessManager.post(`${path}/${id}/move`, { startsAt: `2026-10-12T09:${String(i).padStart(2, '0')}`, endsAt: '2026-10-12T09:45' })));
    expect(statuses(answers)).toEqual({ 200: 1, 409: 19 });
    expect(await storedOverlaps(app)).toBe(0);
  });

  it('When series in shuffled order fight for the same Tuesdays, then each Tuesday has one winner and nobody waits in a circle', async () => {
    const bench = await benchOf(app);
    const { c, path, body } = bench;
    const before = await deadlocks();
    const asked = shuffled(Array.from({ length: 20 }, (_, i) => i), 42).map((i) => {
      const first = `2026-11-${String(3 + 7 * (i % 3)).padStart(2, '0')}`;
      return body(`${first}T09:${String((i * 5) % 60).padStart(2, '0')}`, `${first}T10:00`, { repeat: { recurrence: { kind: 'weekly' }, end: { until: '2026-12-15' } } });
    });
    const answers = await Promise.all(asked.map((one) => c.businessManager.post(path, one)));
    expect(answers.every((answer) => answer.status === 201 || answer.status === 409)).toBe(true);
    expect(answers.filter((answer) => answer.status === 201).length).toBeGreaterThan(0);
    expect(await storedOverlaps(app)).toBe(0);
    expect(await deadlocks()).toBe(before);
  });

  it('When requests and approvals race for periods, then a request keeps its period and approving it is never refused', async () => {
    const { c, path, body } = await benchOf(app, { needsApproval: true });
    const requested = await c.businessManager.post(path, body('2026-09-23T09:00', '2026-09-23T10:00'));
    expect(requested.body.state).toBe('requested');
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        i % 2 ? c.businessManager.post(path, body('2026-09-23T09:30', '2026-09-23T10:30')) : c.head.post(`${path}/${requested.body.id}/approve`),
      ),
    );
    expect(statuses(answers)).toEqual({ 200: 20, 409: 20 });
    expect(await storedOverlaps(app)).toBe(0);
  });

  it('A school in two collaborations: a specialist shared by both is never sold twice, and each sees only that the time is busy', async () => {
    const first = await benchOf(app);
    const second = await benchOf(app);
    await engage(app, second.c.id, first.specialistId);
    const shared = await agree(app, second.c, [first.specialistId]);
    const ask = (bench: Bench, agreementId: string) =>
      bench.c.businessManager.post(bench.path, { agreementId, specialistId: first.specialistId, schoolUrns: [bench.c.urns[0]], startsAt: '2026-09-24T09:00', endsAt: '2026-09-24T10:00' });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? ask(first, first.agreementId) : ask(second, shared))));
    expect(statuses(answers)).toEqual({ 201: 1, 409: 39 });
    const winner = answers.findIndex((answer) => answer.status === 201) % 2;
    const loser = answers.find((_, i) => i % 2 !== winner) as Answer;
    expect(loser.body.code).toBe('availability.slot-taken');
    expect(loser.body.facts).toMatchObject({ busy: true });
    expect(Object.keys(loser.body.facts)).not.toEqual(expect.arrayContaining(['bookingId', 'bookedBy', 'busyFrom']));
  });
});

async function deadlocks(): Promise<number> {
  const [row] = await app.sql<{ deadlocks: string }>('select deadlocks::text from pg_stat_database where datname = current_database()');
  return Number(row?.deadlocks);
}
