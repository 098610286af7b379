import { describe, expect, it } from '@jest/globals';
import { gapsIn, nextYear, readTermDates } from './term-dates.js';

const readOne = (line: string) => readTermDates(line).dates.map(({ kind, name, from, to }) => [kind, name, from, to])[0];

describe('readTermDates', () => {
  it.each([
    ['Autumn term: Wednesday 2 September 2026 to Friday 18 December 2026', ['term', 'Autumn term', '2026-09-02', '2026-12-18']],
    ['Half-term: Monday 26 October – Friday 30 October 2026', ['half-term', 'Half-term', '2026-10-26', '2026-10-30']],
    ['Autumn half term holiday from 26/10/2026 to 30/10/2026', ['half-term', 'Autumn half term holiday', '2026-10-26', '2026-10-30']],
    ['Christmas holiday 21 December to 1 January 2027', ['holiday', 'Christmas holiday', '2026-12-21', '2027-01-01']],
    ['INSET day: 1st September 2026', ['inset', 'INSET day', '2026-09-01', '2026-09-01']],
    ['4 September 2026 INSET day', ['inset', 'INSET day', '2026-09-04', '2026-09-04']],
    ['term,Spring term 2027,2027-01-04,2027-03-25', ['term', 'Spring term 2027', '2027-01-04', '2027-03-25']],
    ['"half-term"\t"Spring half-term"\t"15/02/2027"\t"19/02/2027"', ['half-term', 'Spring half-term', '2027-02-15', '2027-02-19']],
    ['Bank holiday (coronation) 8 May 2023', ['bank-holiday', 'Bank holiday (coronation)', '2023-05-08', '2023-05-08']],
    ['School closed, snow 3.3.27', ['closure', 'snow', '2027-03-03', '2027-03-03']],
  ])('When a line reads %s, then it is understood', (line, expected) => {
    expect(readOne(line)).toEqual(expected);
  });

  it.each([
    ['Autumn term starts soon', 'schools.no-date'],
    ['Half-term 26 October to 30 October', 'schools.no-date'],
    ['INSET days 1 September 2026, 4 January 2027, 12 April 2027', 'schools.too-many-dates'],
    ['Term 30/02/2027 to 25/03/2027', 'schools.impossible-date'],
    ['Sports day 3 July 2027', 'schools.unknown-kind-of-day'],
    ['Autumn term 18/12/2026 to 02/09/2026', 'schools.ends-before-start'],
  ])('When a line reads %s, then it is a fault of its own row', (line, code) => {
    expect(readTermDates(`kind,name,from,to\n\n${line}\nInset 1/9/2026`)).toMatchObject({ faults: [{ row: 3, code }], dates: [{ row: 4 }] });
  });
});

describe('nextYear', () => {
  it('When a year is copied, then weekdays stay and the years in names go along', () => {
    expect(nextYear({ kind: 'term', name: 'Autumn term 2026-27', from: '2026-09-02', to: '2026-12-18' })).toEqual({
      kind: 'term', name: 'Autumn term 2027-28', from: '2027-09-01', to: '2027-12-17',
    });
  });
});

describe('gapsIn', () => {
  it('When only part is known, then runs of weekdays are gaps, over the weekend', () => {
    expect(gapsIn([{ from: '2026-09-08', to: '2026-09-09' }], '2026-09-03', '2026-09-11')).toEqual([
      { from: '2026-09-03', to: '2026-09-07' },
      { from: '2026-09-10', to: '2026-09-11' },
    ]);
    expect(gapsIn([], '2026-09-05', '2026-09-06')).toEqual([]);
  });
});
