import { describe, expect, it } from '@jest/globals';
import { addDays, isoWeekday } from '@fairshare/domain/kernel/period';
import { benchOf, storedOverlaps, type Bench } from '../bookings/arrange.js';
import { until } from '../client.js';
import type { Answer, Client, TestApp } from '../harness.js';

const full = Boolean(process.env['FAIRSHARE_FULL']);
/** How many ask for one period at once, and for how many periods one after another. */
const parallel = full ? 100 : 16;
const rounds = full ? 50 : 3;
const patience = full ? 1_800_000 : 120_000;

export const statuses = (answers: readonly Answer[]) => answers.map((answer) => answer.status).sort((a, b) => a - b);
const today = new Date().toISOString().slice(0, 10);
export const term = [addDays(today, -60), addDays(today, 300)] as const;

/** The nth weekday from a fortnight ahead. */
export function weekday(n: number): string {
  let date = addDays(today, 14);
  for (let left = n; left > 0 || isoWeekday(date) > 5; date = addDays(date, 1)) if (isoWeekday(date) <= 5) left -= 1;
  return date;
}

interface Running {
  readonly app: TestApp;
  /** The same person at the processes in turn. */
  at(client: Client, turn: number): Client;
}

const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const winnerAndLosers = (status: number) => [status, ...Array.from({ length: parallel - 1 }, () => 409)];
const each = <T>(ask: (turn: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: parallel }, (_, turn) => ask(turn)));

/** Case 6 of the booking rules: six shapes of many who want the same time of one person, at two processes at once. */
export function describeDoubleBooking(running: () => Running): void {
  const live = async ({ c, path }: Bench, date: string) => (await c.businessManager.get(`${path}?from=${date}&to=${date}&state=requested&state=confirmed`)).body.total as number;

  describe(`6. Parallel requests for overlapping but not identical periods: what is stored never overlaps, one winner a contested period, everyone else 409, and no 5xx; the same through approve, move, series and waitlist offers (${parallel} at once, ${rounds} periods)`, () => {
    it('When all ask for the same period, then one has it', async () => {
      const { app, at } = running();
      const bench = await benchOf(app, { term });
      for (let round = 0; round < rounds; round++) {
        const date = weekday(round);
        const answers = await each((turn) => at(bench.c.businessManager, turn).post(bench.path, bench.body(`${date}T09:00`, `${date}T10:00`)));
        expect(statuses(answers)).toEqual(winnerAndLosers(201));
      }
      expect(await storedOverlaps(app)).toBe(0);
    }, patience);

    it('When periods overlap without being the same, then one has its own', async () => {
      const { app, at } = running();
      const bench = await benchOf(app, { term });
      for (let round = 0; round < rounds; round++) {
        const date = weekday(round);
        const answers = await each((turn) => {
          const from = 540 + ((turn * 7) % 50);
          return at(bench.c.businessManager, turn).post(bench.path, bench.body(`${date}T${clock(from)}`, `${date}T${clock(from + 60)}`));
        });
        expect(statuses(answers)).toEqual(winnerAndLosers(201));
      }
      expect(await storedOverlaps(app)).toBe(0);
    }, patience);

    it('When a request is approved by many while others ask for its time, then it is approved once and they are refused', async () => {
      const { app, at } = running();
      const bench = await benchOf(app, { term, needsApproval: true });
      const { c, path, body } = bench;
      for (let round = 0; round < rounds; round++) {
        const date = weekday(round);
        const asked = await c.businessManager.post(path, body(`${date}T09:00`, `${date}T10:00`));
        const answers = await each((turn) =>
          turn % 2 ? at(c.head, turn >> 1).post(`${path}/${asked.body.id}/approve`) : at(c.businessManager, turn >> 1).post(path, body(`${date}T09:30`, `${date}T10:30`)),
        );
        expect(statuses(answers)).toEqual([...Array.from({ length: parallel / 2 }, () => 200), ...Array.from({ length: parallel / 2 }, () => 409)]);
        expect((await c.head.get(`${path}/${asked.body.id}`)).body).toMatchObject({ state: 'confirmed', sequence: 1 });
      }
      expect(await storedOverlaps(app)).toBe(0);
    }, patience);

    it('When bookings move to one period, then one gets there and the others stay', async () => {
      const { app, at } = running();
      const bench = await benchOf(app, { term });
      const { c, path, body } = bench;
      const made = await each((turn) => {
        const from = 480 + (turn % 40) * 15;
        const date = weekday(Math.floor(turn / 40));
        return at(c.businessManager, turn).post(path, body(`${date}T${clock(from)}`, `${date}T${clock(from + 15)}`));
      });
      expect(new Set(statuses(made))).toEqual(new Set([201]));
      for (let round = 0; round < rounds; round++) {
        const date = weekday(5 + round);
        const answers = await each((turn) =>
          at(c.businessManager, turn).post(`${path}/${made[turn]?.body.id}/move`, { startsAt: `${date}T${clock(780 + ((turn * 7) % 30))}`, endsAt: `${date}T14:00` }),
        );
        expect(statuses(answers)).toEqual(winnerAndLosers(200));
        expect(await live(bench, date)).toBe(1);
      }
      expect(await storedOverlaps(app)).toBe(0);
    }, patience);

    it('When series in shuffled order want the same weeks, then each date has one winner and nobody waits in a circle', async () => {
      const { app, at } = running();
      const bench = await benchOf(app, { term });
      const { c, path, body } = bench;
      const before = await deadlocks(app);
      for (let round = 0; round < Math.ceil(rounds / 5); round++) {
        const minute = 480 + round * 60;
        const dates = [0, 1, 2, 3, 4].map((week) => addDays(weekday(0), week * 7));
        const answers = await each((turn) => {
          const first = dates[(turn * 3) % 5] as string;
          const from = minute + ((turn * 11) % 45);
          const repeat = { recurrence: { kind: 'weekly' }, end: { until: dates[4] } };
          return at(c.businessManager, turn).post(path, body(`${first}T${clock(from)}`, `${first}T${clock(minute + 55)}`, { repeat }));
        });
        expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
        for (const date of dates) expect(await live(bench, date)).toBe(round + 1);
      }
      expect(await storedOverlaps(app)).toBe(0);
      expect(await deadlocks(app)).toBe(before);
    }, patience);

    it('When an offer is accepted by many while others ask for its time, then it is theirs once and the others are refused', async () => {
      const { app, at } = running();
      const { c, path, body, agreementId } = await benchOf(app, { term });
      const here = `/api/collaborations/${c.id}`;
      for (let round = 0; round < rounds; round++) {
        const date = weekday(round);
        const taken = await c.coordinator.post(path, body(`${date}T09:00`, `${date}T10:00`, { schoolUrns: [c.urns[2]] }));
        await c.businessManager.post(`${here}/waitlist`, { agreementId, schoolUrns: [c.urns[0]], minutes: 60, from: date, to: date });
        await c.coordinator.post(`${path}/${taken.body.id}/cancel`, { reason: 'no longer needed' });
        const offer = await until(async () => (await c.businessManager.get(`${here}/waitlist`)).body.items.map((entry: { offer: { id: string; bookingId: string } | null }) => entry.offer).find(Boolean));
        const answers = await each((turn) =>
          turn % 2
            ? at(c.businessManager, turn >> 1).post(`${here}/waitlist-offers/${offer.id}/accept`)
            : at(c.sister, turn >> 1).post(path, body(`${date}T09:15`, `${date}T10:15`, { schoolUrns: [c.urns[1]] })),
        );
        expect(statuses(answers)).toEqual([...Array.from({ length: parallel / 2 }, () => 200), ...Array.from({ length: parallel / 2 }, () => 409)]);
        expect((await c.businessManager.get(`${path}/${offer.bookingId}`)).body).toMatchObject({ state: 'confirmed', sequence: 1 });
      }
      expect(await storedOverlaps(app)).toBe(0);
    }, patience);
  });
}

async function deadlocks(app: TestApp): Promise<number> {
  const [row] = await app.sql<{ deadlocks: string }>('select deadlocks::text from pg_stat_database where datname = current_database()');
  return Number(row?.deadlocks);
}
