import { beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, isoWeekday } from '@fairshare/domain/kernel/period';
import { benchOf, storedOverlaps, type Bench } from '../bookings/arrange.js';
import { startApp, type Answer, type Client, type TestApp } from '../harness.js';
import { startProcess } from './program.js';

const statuses = (answers: readonly Answer[]) => answers.map((answer) => answer.status).sort((a, b) => a - b);
const today = new Date().toISOString().slice(0, 10);
const term = [addDays(today, -60), addDays(today, 300)] as const;

/** The nth weekday from a fortnight ahead. */
function weekday(n: number): string {
  let date = addDays(today, 14);
  for (let left = n; left > 0 || isoWeekday(date) > 5; date = addDays(date, 1)) if (isoWeekday(date) <= 5) left -= 1;
  return date;
}

let app: TestApp;
let bases: [string, string];

/** The same person at both processes, taking turns. */
const taking = (client: Client, turn: number) => client.at(bases[turn % 2] as string);

beforeAll(async () => {
  app = await startApp({ worksJobs: false });
  bases = [(await startProcess(app.databaseUrl)).base, (await startProcess(app.databaseUrl)).base];
  await startProcess(app.databaseUrl, true);
}, 120_000);

async function race(requests: readonly ((turn: number) => Promise<Answer>)[]): Promise<Answer[]> {
  return Promise.all(requests.map((request, turn) => request(turn)));
}

describe('two API processes and a worker on one database', () => {
  it('When somebody signs in at one process, then the other knows them, and signs them out for both', async () => {
    const c = await app.collaboration();
    expect((await c.coordinator.at(bases[0]).get('/api/session')).status).toBe(200);
    expect((await c.coordinator.at(bases[1]).get('/api/session')).status).toBe(200);
    await c.coordinator.at(bases[0]).delete('/api/session');
    expect((await c.coordinator.at(bases[1]).get('/api/session')).status).toBe(401);
  });

  it('When both are asked for the same and for overlapping periods, then each contested period has one winner', async () => {
    const { c, path, body } = await benchOf(app, { term });
    const periods = Array.from({ length: 10 }, (_, i) => weekday(i));
    const requests = periods.flatMap((date, day) =>
      Array.from({ length: 20 }, (_, i) => (turn: number) => {
        const minute = day % 2 ? String((i * 7) % 60).padStart(2, '0') : '00';
        return taking(c.businessManager, turn).post(path, body(`${date}T09:${minute}`, `${date}T10:${minute}`));
      }),
    );
    const answers = await race(requests);
    for (const [day] of periods.entries()) {
      expect(statuses(answers.slice(day * 20, day * 20 + 20))).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    }
    expect(await storedOverlaps(app)).toBe(0);
  });

  it('When requests are approved, moved and booked as series in shuffled order, then nothing overlaps and nothing breaks', async () => {
    const bench = await benchOf(app, { term, needsApproval: true });
    const { c, path, body } = bench;
    const requested = await race(Array.from({ length: 12 }, (_, i) => (turn: number) => taking(c.businessManager, turn).post(path, body(`${weekday(i)}T09:00`, `${weekday(i)}T10:00`))));
    expect(new Set(statuses(requested))).toEqual(new Set([201]));
    const ids = requested.map((answer) => answer.body.id as string);
    const target = weekday(20);
    const answers = await race(shuffledDeeds(bench, ids, target));
    expect(answers.every((answer) => [200, 201, 409].includes(answer.status))).toBe(true);
    expect(await storedOverlaps(app)).toBe(0);
    const there = await c.businessManager.get(`${path}?from=${target}T12:00&to=${target}T15:00&state=requested&state=confirmed`);
    expect(there.body.total).toBe(1);
  });

  it('When both take from the last half day, then one of them gets it', async () => {
    const { c, path, body } = await benchOf(app, { term, unit: 'day', entitlementMilliunits: 500 });
    const answers = await race(Array.from({ length: 10 }, (_, i) => (turn: number) => taking(c.businessManager, turn).post(path, body(`${weekday(i)}T09:00`, `${weekday(i)}T12:00`))));
    expect(statuses(answers)).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  });

  it('When the same key is sent to both, then there is one effect and one answer', async () => {
    const { c, path, body } = await benchOf(app, { term });
    const key = { 'idempotency-key': 'the same key' };
    const answers = await race(Array.from({ length: 20 }, () => (turn: number) => taking(c.businessManager, turn).post(path, body(`${weekday(0)}T09:00`, `${weekday(0)}T10:00`), key)));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
  });
});

function shuffledDeeds({ c, path, body }: Bench, ids: readonly string[], target: string): ((turn: number) => Promise<Answer>)[] {
  const series = { recurrence: { kind: 'weekly' }, end: { sessions: 6 } };
  const deeds = ids.flatMap((id, i) => [
    (turn: number) => taking(c.head, turn).post(`${path}/${id}/approve`),
    (turn: number) => taking(c.businessManager, turn).post(`${path}/${id}/move`, { startsAt: `${target}T13:${String(i).padStart(2, '0')}`, endsAt: `${target}T14:00` }),
    (turn: number) => taking(c.businessManager, turn).post(path, body(`${weekday(i)}T10:${String(i * 4).padStart(2, '0')}`, `${weekday(i)}T11:00`, { repeat: series })),
  ]);
  return deeds.map((deed, i) => ({ deed, order: (i * 17) % deeds.length })).sort((a, b) => a.order - b.order).map(({ deed }) => deed);
}
