import { describe, expect, it } from '@jest/globals';
import { hoursInWords, readStretches, runsOn, withStretch, workedOn, writeStretches } from './hours-model';

const pattern = { id: 'a', specialistId: 's', validFrom: '2026-09-01', validTo: null, everyWeeks: 1, anchorOn: null, termTimeOnly: true, hours: [{ weekday: 1, from: '09:00', to: '12:00' }] };

describe('the hours of a day', () => {
  it.each([
    ['8:45-12:15, 12.45 to 4pm', '08:45–12:15, 12:45–16:00'],
    ['1-4 and 9-12', '09:00–12:00, 13:00–16:00'],
    ['22:00 – midnight', '22:00–24:00'],
    ['', ''],
  ])('are read as people write them: %s', (written, meant) => {
    expect(writeStretches(readStretches(written) ?? [])).toBe(meant);
  });

  it.each(['all day', '9', '12-9am', '9-12, 11-13', '9-10-11'])('are not guessed: %s', (written) => {
    expect(readStretches(written)).toBeUndefined();
  });

  it('grow together when one is drawn over another', () => {
    expect(withStretch([{ from: '09:00', to: '10:00' }, { from: '11:00', to: '12:00' }], { from: '10:00', to: '11:30' })).toEqual([{ from: '09:00', to: '12:00' }]);
  });
});

describe('a pattern', () => {
  it('of alternate weeks runs in the week of its anchor and every other', () => {
    const alternate = { ...pattern, everyWeeks: 2, anchorOn: '2026-09-09' };
    expect(['2026-09-07', '2026-09-14', '2026-09-21', '2026-08-31'].map((date) => runsOn(alternate, date))).toEqual([true, false, true, false]);
  });

  it('of term time is not worked in a holiday', () => {
    expect([workedOn([pattern], '2026-09-07', false).length, workedOn([pattern], '2026-09-07', true).length]).toEqual([1, 0]);
  });

  it('is said with the same days together', () => {
    const hours = [1, 2, 4].flatMap((weekday) => [{ weekday, from: '13:00', to: '16:00' }, { weekday, from: '09:00', to: '12:00' }]);
    expect(hoursInWords({ hours: [...hours, { weekday: 5, from: '09:00', to: '11:00' }] })).toBe('Mon, Tue and Thu 09:00–12:00, 13:00–16:00; Fri 09:00–11:00');
  });
});
