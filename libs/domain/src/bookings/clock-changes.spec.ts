import { describe, expect, it } from '@jest/globals';
import { ada, anInput, aPattern, binswood } from '../availability/availability.builder.js';
import { findSlots, type AvailabilityInput } from '../availability/index.js';
import { addDays, isoWeekday } from '../kernel/period.js';
import { instantOf, isoOf, startOfDate, wallOf } from '../kernel/zone.js';
import { previewSeries } from './series.js';

/** The last Sunday of a month, as the Summer Time Order 2002 has it, worked out apart from the code that is tested. */
function lastSunday(year: number, month: string): string {
  let date = `${year}-${month}-31`;
  while (isoWeekday(date) !== 7) date = addDays(date, -1);
  return date;
}

const changes = Array.from({ length: 10 }, (_, i) => 2026 + i).flatMap((year) => [
  { on: lastSunday(year, '03'), before: 0, after: 60 },
  { on: lastSunday(year, '10'), before: 60, after: 0 },
]);

/** Somebody who works every day, at a school that is always open. */
function open(from: string, to: string): AvailabilityInput {
  return anInput(
    {
      now: startOfDate(from),
      loaded: { startsAt: startOfDate(from), endsAt: startOfDate(to) },
      specialistIds: [ada],
      patterns: [aPattern(ada, { validFrom: from, periods: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startMinute: 0, endMinute: 1440 })) })],
      calendars: [{ schoolUrn: binswood, terms: [{ from, to }], halfTerms: [], known: [{ from, to }], closures: [] }],
    },
    { term: { from, to }, subscriptions: [{ schoolUrn: binswood, from, until: null }], minimumNotice: { hours: 0 }, horizonDays: 1000, stepMinutes: 30 },
  );
}

describe.each(changes)('the clock change of $on', ({ on, before, after }) => {
  const [from, to] = [addDays(on, -20), addDays(on, 20)];
  const input = open(from, to);

  it('slots begin at the clock’s time on both sides, and the day of the change has 23 or 25 hours of them', () => {
    const startsOn = (date: string) =>
      findSlots(input, { schoolUrns: [binswood], specialistIds: [ada], minutes: 30, from: startOfDate(date), to: startOfDate(addDays(date, 1)) }).slots.map((slot) => slot.startsAt);
    const nine = (date: string) => startsOn(date).filter((instant) => wallOf(instant).minute === 540).map((instant) => isoOf(instant).slice(11, 16));
    expect(nine(addDays(on, -1))).toEqual([before === 0 ? '09:00' : '08:00']);
    expect(nine(on)).toEqual([after === 0 ? '09:00' : '08:00']);
    expect([addDays(on, -1), on, addDays(on, 1)].map((date) => startsOn(date).length)).toEqual([48, after > before ? 46 : 50, 48]);
    expect(startsOn(on).every((instant) => wallOf(instant).date === on)).toBe(true);
  });

  it('a series keeps the clock’s time; where the clocks jump over it, that date alone is skipped', () => {
    const series = (startMinute: number) =>
      previewSeries(input, {
        specialistId: ada, schoolUrns: [binswood], firstOn: addDays(on, -14), startMinute, endMinute: startMinute + 60, recurrence: { kind: 'weekly' }, end: { until: addDays(on, 14) },
      });
    const morning = series(540);
    expect(morning.dates.map((one) => wallOf(one.startsAt ?? 0).minute)).toEqual([540, 540, 540, 540, 540]);
    expect(morning.dates.map((one) => ((instantOf({ date: one.date, minute: 540 }) - (one.startsAt ?? 0))))).toEqual([0, 0, 0, 0, 0]);
    expect((morning.dates[2]?.startsAt ?? 0) - (morning.dates[1]?.startsAt ?? 0)).toBe((7 * 1440 - (after - before)) * 60_000);
    const night = series(90);
    const codes = night.dates.map((one) => one.code ?? 'will-book');
    expect(codes).toEqual(after > before ? ['will-book', 'will-book', 'availability.no-such-time', 'will-book', 'will-book'] : Array.from({ length: 5 }, () => 'will-book'));
  });
});
