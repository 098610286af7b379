import { DomainError } from '../kernel/domain-error.js';
import { assertPence, divideByWeight } from '../kernel/money.js';
import { addDays, dayNumber, monthOf, type DateOnly, type DatePeriod } from '../kernel/period.js';

export type InstalmentProblem = 'sharing.term-not-a-year' | 'sharing.term-not-whole-months' | 'sharing.term-ends-before-it-starts';

/**
 * How an agreement's charge falls due.
 * - `once`: all of it on the first day.
 * - `monthly-12`: twelve equal parts of a year, each due on the first day of its month of service.
 * - `termly-3`: three equal parts of a year, due as its terms begin (1 September, 1 January, 1 April); a year that
 *   begins on another day is cut every four months.
 * - `sept-march-april-august`: the schedule that bridges school and financial years. The term is cut at each 1 April and
 *   1 September, and each piece bears its months' part: 7/12 for September to March, 5/12 for April to August.
 */
export type InstalmentKind = 'once' | 'monthly-12' | 'termly-3' | 'sept-march-april-august';

export interface InstalmentTerms {
  readonly totalPence: number;
  readonly kind: InstalmentKind;
  /** The agreement's first and last day, both included. */
  readonly startsOn: DateOnly;
  readonly endsOn: DateOnly;
}

/** One part of an agreement's charge: the day on which it is owed, the days of service it pays for, and how much. */
export interface Instalment {
  readonly dueOn: DateOnly;
  readonly servicePeriod: DatePeriod;
  readonly pence: number;
}

/**
 * The instalments of an agreement in order of time; they add up to the total and their service periods to the term.
 * An odd penny falls on the earliest. Refuses a `monthly-12` or `termly-3` term that is not one year
 * (`sharing.term-not-a-year`), a bridging term that is not whole calendar months (`sharing.term-not-whole-months`).
 */
export function instalmentSchedule(terms: InstalmentTerms): Instalment[] {
  assertPence(terms.totalPence);
  const { startsOn, endsOn } = terms;
  if (endsOn < startsOn) throw new DomainError<InstalmentProblem>('sharing.term-ends-before-it-starts', { startsOn, endsOn });
  const starts = startsOfParts(terms);
  const periods = starts.map((from, index) => ({ from, to: index + 1 < starts.length ? addDays(starts[index + 1]!, -1) : endsOn }));
  const weights = terms.kind === 'sept-march-april-august' ? periods.map(monthsIn) : periods.map(() => 1);
  const pence = divideByWeight(terms.totalPence, weights);
  return periods.map((servicePeriod, index) => ({ dueOn: servicePeriod.from, servicePeriod, pence: pence[index]! }));
}

/** `MM-DD`: spring, summer and autumn term as local authorities pay by them, holidays included. */
const termStarts: readonly string[] = ['01-01', '04-01', '09-01'];
/** `MM-DD`: the financial year of maintained schools, and the school year with the academies' financial year. */
const yearStarts: readonly string[] = ['04-01', '09-01'];

function startsOfParts(terms: InstalmentTerms): DateOnly[] {
  switch (terms.kind) {
    case 'once':
      return [terms.startsOn];
    case 'monthly-12':
      assertOneYear(terms);
      return Array.from({ length: 12 }, (_, month) => addMonths(terms.startsOn, month));
    case 'termly-3':
      assertOneYear(terms);
      if (termStarts.includes(terms.startsOn.slice(5))) return startsWithCuts(terms, termStarts);
      return [0, 4, 8].map((months) => addMonths(terms.startsOn, months));
    case 'sept-march-april-august':
      assertWholeMonths(terms);
      return startsWithCuts(terms, yearStarts);
  }
}

/** The term's first day, and every later day in it that falls on one of the given days of the year (`MM-DD`). */
function startsWithCuts({ startsOn, endsOn }: InstalmentTerms, cuts: readonly string[]): DateOnly[] {
  const starts = [startsOn];
  for (let year = Number(startsOn.slice(0, 4)); year <= Number(endsOn.slice(0, 4)); year++) {
    for (const cut of cuts) {
      const day = `${year}-${cut}`;
      if (day > startsOn && day <= endsOn) starts.push(day);
    }
  }
  return starts;
}

/** The same day of a later month, or that month's last day where it has no such day. */
export function addMonths(date: DateOnly, months: number): DateOnly {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const count = year * 12 + month - 1 + months;
  const prefix = `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
  const last = Number(monthOf(`${prefix}-01`).to.slice(8));
  return `${prefix}-${String(Math.min(day, last)).padStart(2, '0')}`;
}

function monthsIn({ from, to }: DatePeriod): number {
  const after = addDays(to, 1);
  return (Number(after.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(after.slice(5, 7)) - Number(from.slice(5, 7));
}

function assertOneYear({ startsOn, endsOn }: InstalmentTerms): void {
  if (dayNumber(addMonths(startsOn, 12)) !== dayNumber(endsOn) + 1) {
    throw new DomainError<InstalmentProblem>('sharing.term-not-a-year', { startsOn, endsOn });
  }
}

function assertWholeMonths({ startsOn, endsOn }: InstalmentTerms): void {
  if (!startsOn.endsWith('-01') || monthOf(endsOn).to !== endsOn) {
    throw new DomainError<InstalmentProblem>('sharing.term-not-whole-months', { startsOn, endsOn });
  }
}
