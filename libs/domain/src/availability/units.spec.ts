import { describe, expect, it } from '@jest/globals';
import { anAgreement, at, period } from './availability.builder.js';
import { milliunitsBySchool, milliunitsOf } from './units.js';

describe('what a session takes from an entitlement', () => {
  it.each([
    ['day', '09:00', '12:00', 500],
    ['day', '13:00', '16:00', 500],
    ['day', '09:00', '16:00', 1000],
    ['day', '11:30', '13:30', 1000],
    ['day', '11:30', '13:00', 500],
    ['day', '12:00', '13:00', 500],
    ['day', '12:00', '13:01', 500],
    ['day', '11:59', '13:01', 1000],
    ['half-day', '09:00', '09:30', 1000],
    ['half-day', '11:30', '13:30', 2000],
    ['hour', '09:00', '10:00', 1000],
    ['hour', '09:00', '10:30', 1500],
    ['hour', '09:00', '09:20', 334],
    ['session', '09:00', '15:00', 1000],
  ] as const)('of %ss, %s to %s: %i thousandths', (unit, from, to, milliunits) => {
    expect(milliunitsOf(unit, period('2026-10-06', from, to), anAgreement(), 'Europe/London')).toBe(milliunits);
  });

  it('counts the halves of several days', () => {
    const residential = { startsAt: at('2026-10-06', '13:00'), endsAt: at('2026-10-08', '12:00') };
    expect(milliunitsOf('day', residential, anAgreement(), 'Europe/London')).toBe(2000);
  });

  it('goes by the wall: half a day is the same in winter and in summer', () => {
    expect(['2026-10-06', '2026-11-03'].map((date) => milliunitsOf('day', period(date, '11:30', '13:30'), anAgreement(), 'Europe/London'))).toEqual([1000, 1000]);
  });
});

describe('the schools’ parts of a joint session', () => {
  it.each([
    [1000, ['b', 'a'], [500, 500]],
    [1000, ['c', 'a', 'b'], [334, 333, 333]],
    [500, ['a'], [500]],
    [2, ['c', 'b', 'a'], [1, 1, 0]],
  ])('%i over %j by URN: %j', (milliunits, urns, parts) => {
    const by = milliunitsBySchool(milliunits, urns);
    expect([...by.keys()]).toEqual([...urns].sort());
    expect([...by.values()]).toEqual(parts);
  });
});
