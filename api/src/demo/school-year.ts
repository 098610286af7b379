import { addDays, isoWeekday, type DateOnly, type DatePeriod } from '@fairshare/domain/kernel/period';

export interface DemoEntry extends DatePeriod {
  readonly kind: 'term' | 'half-term' | 'inset';
  readonly name: string;
}

/** The first such weekday (1 is Monday) on or after a date. */
function next(weekday: number, date: DateOnly): DateOnly {
  return addDays(date, (weekday - isoWeekday(date) + 7) % 7);
}

/**
 * A school year like most in England, from the September of a year: three terms, each with a half-term week. The dates
 * follow a rule so that the demonstration never runs out of school years; a real authority publishes its own.
 */
export function schoolYear(year: number): DemoEntry[] {
  const autumn = { from: next(3, `${year}-09-01`), to: next(5, `${year}-12-16`) };
  const spring = { from: next(1, `${year + 1}-01-03`), to: next(5, `${year + 1}-03-25`) };
  const summer = { from: next(1, `${year + 1}-04-12`), to: next(3, `${year + 1}-07-19`) };
  const week = (monday: DateOnly) => ({ from: monday, to: addDays(monday, 4) });
  return [
    { kind: 'term', name: 'Autumn term', ...autumn },
    { kind: 'half-term', name: 'Autumn half-term', ...week(next(1, `${year}-10-24`)) },
    { kind: 'term', name: 'Spring term', ...spring },
    { kind: 'half-term', name: 'Spring half-term', ...week(next(1, `${year + 1}-02-13`)) },
    { kind: 'term', name: 'Summer term', ...summer },
    { kind: 'half-term', name: 'Summer half-term', ...week(next(1, `${year + 1}-05-25`)) },
    { kind: 'inset', name: 'INSET day', from: autumn.from, to: autumn.from },
    { kind: 'inset', name: 'INSET day', from: spring.from, to: spring.from },
  ];
}

/** The September in which the school year of a date began. */
export function schoolYearOf(date: DateOnly): number {
  const year = Number(date.slice(0, 4));
  return Number(date.slice(5, 7)) >= 9 ? year : year - 1;
}
