import { describe, expect, it, jest } from '@jest/globals';
import type { Booked, NewBooking } from '@fairshare/contract/bookings.js';
import { Problem } from '../ui/problem';
import { alternativesOf, BookingHold } from './booking-hold';

const wanted = (startsAt: string) => ({ agreementId: 'a', specialistId: 's', schoolUrns: ['125565'], startsAt, endsAt: startsAt }) as NewBooking;
const slot = { specialistId: '019b2f00-0000-7000-8000-000000000001', startsAt: '2026-10-06T08:00:00Z', endsAt: '2026-10-06T09:00:00Z' };

function desk() {
  const asked: NewBooking[] = [];
  let refuse: Problem | undefined;
  const client = {
    hold: jest.fn(async (_: string, body: NewBooking) => {
      asked.push(body);
      if (refuse) throw refuse;
      return { id: `hold-${asked.length}`, keptUntil: new Date(Date.now() + 600_000).toISOString() } as Booked;
    }),
    release: jest.fn(async () => undefined as never),
  };
  return { asked, client, refuse: (problem: Problem) => (refuse = problem) };
}

describe('a hold', () => {
  it('is exchanged when something else is wanted, and only the last wish is asked for', async () => {
    const { asked, client } = desk();
    const hold = new BookingHold(client, 'c');
    hold.keep(wanted('1'));
    expect(await hold.id()).toBe('hold-1');
    hold.keep(wanted('2'));
    hold.keep(wanted('3'));
    expect(await hold.id()).toBe('hold-2');
    expect(asked.map(({ startsAt, holdId }) => [startsAt, holdId])).toEqual([['1', undefined], ['3', 'hold-1']]);
    expect(hold.state()).toBe('kept');
    hold.close();
    expect(await hold.id()).toBeUndefined();
    expect(client.release.mock.calls).toEqual([['c', 'hold-2']]);
  });

  it('that became a booking is not let go', async () => {
    const { client } = desk();
    const hold = new BookingHold(client, 'c');
    hold.keep(wanted('1'));
    await hold.id();
    hold.spent();
    await hold.id();
    expect(client.release).not.toHaveBeenCalled();
  });

  it('says that somebody else has the time, with what would do instead', async () => {
    const { client, refuse } = desk();
    refuse(new Problem(409, 'Taken', { facts: { alternatives: [slot] } }));
    const hold = new BookingHold(client, 'c');
    hold.keep(wanted('1'));
    await hold.id();
    expect([hold.state(), alternativesOf(hold.problem())]).toEqual(['refused', [slot]]);
  });

  it('says when its time is over', async () => {
    jest.useFakeTimers();
    const { client } = desk();
    const hold = new BookingHold(client, 'c');
    hold.keep(wanted('1'));
    await hold.id();
    jest.advanceTimersByTime(600_001);
    expect(hold.state()).toBe('over');
    jest.useRealTimers();
  });
});
