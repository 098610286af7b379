import { describe, expect, it } from '@jest/globals';
import { readTermEvents } from './term-events.js';

const day = (row: number, summary: string, from: string, to = from) => ({ row, summary, from, to });

describe('readTermEvents', () => {
  it('When a calendar names the days on which terms begin and end, then each pair is a term', () => {
    const { dates, faults } = readTermEvents([
      day(1, 'Autumn Term starts', '2026-09-02'), day(2, 'Half Term', '2026-10-26', '2026-10-30'), day(3, 'Autumn Term ends', '2026-12-18'),
      day(4, 'Spring term begins', '2027-01-04'), day(5, 'Last day of spring term', '2027-03-25'), day(6, 'INSET Day', '2026-09-01'),
    ]);
    expect(faults).toEqual([]);
    expect(dates.map(({ kind, name, from, to }) => [kind, name, from, to])).toEqual([
      ['inset', 'INSET Day', '2026-09-01', '2026-09-01'], ['term', 'Autumn term', '2026-09-02', '2026-12-18'],
      ['half-term', 'Half Term', '2026-10-26', '2026-10-30'], ['term', 'Spring term', '2027-01-04', '2027-03-25'],
    ]);
  });

  it('When half a term is missing or an entry is something else, then its row says so and the others are read', () => {
    const { dates, faults } = readTermEvents([day(1, 'Summer term starts', '2027-04-12'), day(2, 'Sports day', '2027-07-03'), day(3, 'Easter holiday', '2027-03-26', '2027-04-09')]);
    expect(dates).toHaveLength(1);
    expect(faults.map(({ row, code }) => [row, code])).toEqual([[1, 'schools.half-a-term'], [2, 'schools.unknown-kind-of-day']]);
  });
});
