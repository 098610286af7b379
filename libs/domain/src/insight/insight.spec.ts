import { describe, expect, it } from '@jest/globals';
import { financialYearInWords, financialYearOf, lastTerms, median, partInBasisPoints, perEachPence, perPupilPence, retainerSavingPence, sessionSavingPence, termOf, valueOfUnitsPence, workingsOf } from './index.js';

describe('averages', () => {
  it.each([[10_000, 3, 3333], [10_001, 2, 5001], [-10_001, 2, -5001], [0, 4, 0], [5, 0, null]])('%i pence over %i is %p', (pence, count, each) => {
    expect(perEachPence(pence, count)).toBe(each);
  });

  it('a pupil can be a half', () => {
    expect(perPupilPence(100_000, 723_500)).toBe(138);
    expect(perPupilPence(100_000, 0)).toBeNull();
  });

  it.each([[[], null], [[5], 5], [[9, 1, 5], 5], [[1, 2], 2], [[4, 1, 2, 9], 3]])('the median of %p is %p', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('a part is said in basis points', () => {
    expect(partInBasisPoints(1, 3)).toBe(3333);
    expect(partInBasisPoints(0, 0)).toBeNull();
  });
});

describe('years and terms', () => {
  it.each([
    ['maintained', '2026-11-23', '2026-04-01', '2027-03-31', 'April 2026 to March 2027'],
    ['maintained', '2027-03-31', '2026-04-01', '2027-03-31', 'April 2026 to March 2027'],
    ['maintained', '2027-04-01', '2027-04-01', '2028-03-31', 'April 2027 to March 2028'],
    ['academy', '2026-08-31', '2025-09-01', '2026-08-31', 'September 2025 to August 2026'],
    ['academy', '2026-09-01', '2026-09-01', '2027-08-31', 'September 2026 to August 2027'],
  ] as const)('the year of a school that is %s on %s', (kind, on, from, to, words) => {
    expect(financialYearOf(kind, on)).toEqual({ from, to });
    expect(financialYearInWords({ from, to })).toBe(words);
  });

  it.each([['2026-01-01', 'Spring 2026'], ['2026-03-31', 'Spring 2026'], ['2026-04-01', 'Summer 2026'], ['2026-08-31', 'Summer 2026'], ['2026-12-31', 'Autumn 2026']])('%s is in %s', (on, name) => {
    expect(termOf(on).name).toBe(name);
  });

  it('the last terms are in order and meet', () => {
    expect(lastTerms('2026-11-23', 5).map(({ name }) => name)).toEqual(['Summer 2025', 'Autumn 2025', 'Spring 2026', 'Summer 2026', 'Autumn 2026']);
  });
});

describe('what units are worth', () => {
  it('a retainer is spread over the units it bought', () => {
    expect(valueOfUnitsPence(2500, { retainerPence: 100_000, pricePence: 9999, boughtMilliunits: 30_000 })).toBe(8333);
  });
  it('a price holds for each unit', () => {
    expect(valueOfUnitsPence(2500, { retainerPence: null, pricePence: 6001, boughtMilliunits: 0 })).toBe(15_003);
  });
  it('nothing is guessed', () => {
    expect(valueOfUnitsPence(2500, { retainerPence: null, pricePence: null, boughtMilliunits: 0 })).toBeNull();
  });
});

describe('savings', () => {
  it('of a session go by the school’s part of it', () => {
    expect(sessionSavingPence({ baselinePence: 9000, oursPence: 6500, minutes: 60, ofMinutes: 60 })).toBe(2500);
    expect(sessionSavingPence({ baselinePence: 9000, oursPence: 6500, minutes: 20, ofMinutes: 60 })).toBe(833);
    expect(sessionSavingPence({ baselinePence: 6000, oursPence: 6500, minutes: 60, ofMinutes: 60 })).toBe(-500);
    expect(sessionSavingPence({ baselinePence: 9000, oursPence: 6500, minutes: 0, ofMinutes: 0 })).toBe(0);
  });

  it('of a retainer go by days and by the school’s part, and the parts of a term make the whole', () => {
    const compared = { term: { from: '2026-09-01', to: '2027-08-31' }, retainerPence: 100_000, baselinePence: 173_000, ownSharesPence: 1, allSharesPence: 2 };
    const whole = retainerSavingPence(compared, compared.term);
    expect(whole).toBe(36_500);
    expect(retainerSavingPence(compared, { from: '2026-01-01', to: '2026-09-10' })).toBe(1000);
    expect(retainerSavingPence(compared, { from: '2026-09-11', to: '2028-01-01' })).toBe(35_500);
    expect(retainerSavingPence({ ...compared, allSharesPence: 0 }, compared.term)).toBe(0);
    expect(retainerSavingPence(compared, { from: '2025-01-01', to: '2025-02-01' })).toBe(0);
  });
});

describe('workings', () => {
  it('say how many records they leave off', () => {
    const rows = Array.from({ length: 250 }, (_, i) => i);
    const workings = workingsOf({ title: 'T', formula: 'F', columns: [['N', true, (n: number) => String(n)]], rows, record: (n) => ({ kind: 'booking', id: String(n) }) });
    expect([workings.rows.length, workings.records.length, workings.leftOff]).toEqual([200, 200, 50]);
  });
});
