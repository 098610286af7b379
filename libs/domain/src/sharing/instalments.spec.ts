import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DomainError } from '../kernel/domain-error.js';
import { addDays } from '../kernel/period.js';
import { addMonths, instalmentSchedule, type InstalmentKind } from './index.js';

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 2000);
process.stdout.write(`instalment properties: PROPERTY_SEED=${seed} PROPERTY_RUNS=${numRuns}\n`);

const schoolYear = { startsOn: '2025-09-01', endsOn: '2026-08-31' };
const shortly = (kind: InstalmentKind, totalPence: number, term = schoolYear): [string, string, number][] =>
  instalmentSchedule({ totalPence, kind, ...term }).map(({ dueOn, servicePeriod, pence }) => [dueOn, servicePeriod.to, pence]);

describe('a schedule of instalments', () => {
  it('bridges school and financial years with 7/12 for September to March and 5/12 for April to August', () => {
    expect(shortly('sept-march-april-august', 120_000)).toEqual([['2025-09-01', '2026-03-31', 70_000], ['2026-04-01', '2026-08-31', 50_000]]);
    expect(shortly('sept-march-april-august', 100)).toEqual([['2025-09-01', '2026-03-31', 58], ['2026-04-01', '2026-08-31', 42]]);
  });

  it('bridges a financial-year agreement with 5/12 and 7/12, and longer ones year by year', () => {
    expect(shortly('sept-march-april-august', 120_000, { startsOn: '2026-04-01', endsOn: '2027-03-31' })).toEqual([['2026-04-01', '2026-08-31', 50_000], ['2026-09-01', '2027-03-31', 70_000]]);
    expect(shortly('sept-march-april-august', 180_000, { startsOn: '2025-09-01', endsOn: '2027-02-28' }).map(([dueOn, , pence]) => [dueOn, pence])).toEqual([['2025-09-01', 70_000], ['2026-04-01', 50_000], ['2026-09-01', 60_000]]);
  });

  it('takes twelve equal months, the odd pence first', () => {
    const months = shortly('monthly-12', 1000);
    expect(months).toHaveLength(12);
    expect(months.map(([, , pence]) => pence)).toEqual([84, 84, 84, 84, 83, 83, 83, 83, 83, 83, 83, 83]);
    expect(months[5]).toEqual(['2026-02-01', '2026-02-28', 83]);
    expect(shortly('monthly-12', 12, { startsOn: '2025-10-15', endsOn: '2026-10-14' })[3]).toEqual(['2026-01-15', '2026-02-14', 1]);
  });

  it('takes three terms, and every four months when the year begins with none of them', () => {
    expect(shortly('termly-3', 100)).toEqual([['2025-09-01', '2025-12-31', 34], ['2026-01-01', '2026-03-31', 33], ['2026-04-01', '2026-08-31', 33]]);
    expect(shortly('termly-3', 3, { startsOn: '2026-04-01', endsOn: '2027-03-31' }).map(([dueOn]) => dueOn)).toEqual(['2026-04-01', '2026-09-01', '2027-01-01']);
    expect(shortly('termly-3', 3, { startsOn: '2026-02-10', endsOn: '2027-02-09' }).map(([dueOn]) => dueOn)).toEqual(['2026-02-10', '2026-06-10', '2026-10-10']);
  });

  it('takes it all at once, over any term', () => {
    expect(shortly('once', -5, { startsOn: '2026-02-10', endsOn: '2026-02-10' })).toEqual([['2026-02-10', '2026-02-10', -5]]);
  });

  it('adds up to the total, and its service periods to the term', () => {
    const kinds = fc.constantFrom<InstalmentKind>('once', 'monthly-12', 'termly-3', 'sept-march-april-august');
    fc.assert(
      fc.property(kinds, fc.integer({ min: -1e7, max: 1e7 }), fc.integer({ min: 0, max: 240 }), (kind, totalPence, months) => {
        const startsOn = addMonths('2016-01-01', months);
        const endsOn = addDays(addMonths(startsOn, 12), -1);
        const parts = instalmentSchedule({ totalPence, kind, startsOn, endsOn });
        if (parts.reduce((sum, { pence }) => sum + pence, 0) !== totalPence) throw new Error('adds up');
        const ends = parts.map(({ servicePeriod }) => servicePeriod.to);
        if (parts[0]!.servicePeriod.from !== startsOn || ends.at(-1) !== endsOn) throw new Error('covers the term');
        if (parts.slice(1).some(({ servicePeriod }, index) => servicePeriod.from !== addDays(ends[index]!, 1))) throw new Error('leaves no gap');
      }),
      { seed, numRuns },
    );
  });

  it('refuses a term that its kind cannot cut', () => {
    const refused = (kind: InstalmentKind, startsOn: string, endsOn: string) => expect(() => instalmentSchedule({ totalPence: 1, kind, startsOn, endsOn }));
    refused('monthly-12', '2025-09-01', '2026-08-30').toThrow(new DomainError('sharing.term-not-a-year'));
    refused('termly-3', '2025-09-01', '2027-08-31').toThrow(new DomainError('sharing.term-not-a-year'));
    refused('sept-march-april-august', '2025-09-02', '2026-08-31').toThrow(new DomainError('sharing.term-not-whole-months'));
    refused('sept-march-april-august', '2025-09-01', '2026-08-30').toThrow(new DomainError('sharing.term-not-whole-months'));
    refused('once', '2025-09-02', '2025-09-01').toThrow(new DomainError('sharing.term-ends-before-it-starts'));
  });

  it('counts months to the last day of a shorter one', () => {
    expect([addMonths('2026-01-31', 1), addMonths('2026-01-31', 2), addMonths('2024-02-29', 12), addMonths('2026-11-30', 3)]).toEqual(['2026-02-28', '2026-03-31', '2025-02-28', '2027-02-28']);
  });
});
