import { describe, expect, it } from '@jest/globals';
import { wallOf } from '../kernel/zone.js';
import { shiftedLike } from './series-move.js';

const zone = 'Europe/London';
const hour = 3_600_000;
const period = (iso: string, hours = 1) => ({ startsAt: Date.parse(iso), endsAt: Date.parse(iso) + hours * hour });

describe('sessions that move together', () => {
  it('When the clocks change in between, then the time on the clock stays what was asked for', () => {
    const moved = shiftedLike(period('2026-10-06T08:00:00Z'), period('2026-10-08T10:00:00Z', 2), period('2026-11-03T09:00:00Z'), zone);
    expect(moved).toEqual(period('2026-11-05T11:00:00Z', 2));
    expect(wallOf((moved as { startsAt: number }).startsAt, zone)).toEqual({ date: '2026-11-05', minute: 660 });
  });

  it('When a time does not exist on one of the days, then that session alone says so', () => {
    expect(shiftedLike(period('2027-03-20T01:30:00Z'), period('2027-03-21T01:30:00Z'), period('2027-03-27T01:30:00Z'), zone)).toMatchObject({ code: 'availability.no-such-time' });
  });
});
