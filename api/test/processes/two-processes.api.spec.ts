import { beforeAll, describe, expect, it } from '@jest/globals';
import { benchOf } from '../bookings/arrange.js';
import { describeDoubleBooking, statuses, term, weekday } from './double-booking.js';
import { startApp, type Answer, type Client, type TestApp } from '../harness.js';
import { startProcess } from './program.js';

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

describeDoubleBooking(() => ({ app, at: taking }));
