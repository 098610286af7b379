import { DayPipe, WhenPipe } from './day';
import { addDays, dateOf, formatDay, formatTime, formatWhen, wallTime, weekdayOf } from './london';

describe('Dates and times in London', () => {
  it.each([
    ['2026-10-20T08:00:00Z', 'Tue 20 Oct 2026, 09:00', 'summer time'],
    ['2026-11-03T09:00:00Z', 'Tue 3 Nov 2026, 09:00', 'winter time'],
    ['2026-10-25T00:30:00Z', 'Sun 25 Oct 2026, 01:30', 'before the clocks go back'],
    ['2026-10-25T01:30:00Z', 'Sun 25 Oct 2026, 01:30', 'after the clocks went back'],
    ['2026-06-30T23:30:00Z', 'Wed 1 Jul 2026, 00:30', 'already the next day'],
    ['2026-09-01T10:00:00+01:00', 'Tue 1 Sep 2026, 10:00', 'an offset'],
    ['2026-10-06T09:00', 'Tue 6 Oct 2026, 09:00', 'a wall time'],
  ])('When the instant is %s, then it reads %s (%s)', (instant, written) => {
    expect(formatWhen(instant)).toBe(written);
  });

  it('When it ends the same day, then the day is written once', () => {
    expect(formatWhen('2026-10-06T08:00:00Z', '2026-10-06T09:00:00Z')).toBe('Tue 6 Oct 2026, 09:00–10:00');
    expect(formatWhen('2026-10-06T08:00:00Z', '2026-10-07T09:00:00Z')).toBe('Tue 6 Oct 2026, 09:00–Wed 7 Oct 2026, 10:00');
  });

  it('When it is a date, then no zone moves it', () => {
    expect(formatDay('2026-03-29')).toBe('Sun 29 Mar 2026');
    expect(dateOf('2026-03-29')).toBe('2026-03-29');
    expect(formatTime('2026-03-29T01:00:00Z')).toBe('02:00');
    expect(wallTime('2026-03-29T00:59:00Z')).toBe('2026-03-29T00:59');
  });

  it('When days are added, then months and clocks do not matter', () => {
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    expect([weekdayOf('2026-10-05'), weekdayOf('2026-10-11')]).toEqual([1, 7]);
  });

  it('When nothing is known, then pipes show a dash', () => {
    expect(new DayPipe().transform(null)).toBe('–');
    expect(new WhenPipe().transform(undefined)).toBe('–');
  });
});
