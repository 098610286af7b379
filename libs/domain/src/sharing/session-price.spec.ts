import { describe, expect, it } from '@jest/globals';
import { partOfPricePence, sessionPricePence } from './session-price.js';

const halves = { morning: { startMinute: 540, endMinute: 720 }, afternoon: { startMinute: 780, endMinute: 960 } };
const session = (from: string, to: string) => ({ startsAt: Date.parse(from), endsAt: Date.parse(to) });

describe('the price of a session', () => {
  it.each([
    ['hour', '2026-10-06T09:00Z', '2026-10-06T09:20Z', 6000, 2000],
    ['hour', '2026-10-06T09:00Z', '2026-10-06T10:30Z', 6001, 9002],
    ['half-day', '2026-10-06T09:00Z', '2026-10-06T11:00Z', 21_000, 21_000],
    ['half-day', '2026-10-06T09:00Z', '2026-10-06T15:00Z', 21_000, 42_000],
    ['day', '2026-10-06T13:00Z', '2026-10-06T15:00Z', 38_001, 19_001],
    ['day', '2026-10-06T09:00Z', '2026-10-06T15:00Z', 38_001, 38_001],
    ['session', '2026-10-06T09:00Z', '2026-10-06T09:45Z', 5500, 5500],
  ] as const)('per %s, %s to %s at %i pence is %i', (unit, from, to, price, pence) => {
    expect(sessionPricePence(price, unit, session(from, to), halves, 'UTC')).toBe(pence);
  });

  it('a part of it is rounded half a penny up', () => {
    expect(partOfPricePence(7501, 5000)).toBe(3751);
    expect(partOfPricePence(7501, 10_000)).toBe(7501);
    expect(partOfPricePence(7501, 0)).toBe(0);
  });
});
