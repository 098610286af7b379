import type { DateOnly, DatePeriod } from '../kernel/period.js';

/** A maintained school's year runs from April to March, an academy's from September to August. */
export function financialYearOf(kind: 'maintained' | 'academy', on: DateOnly): DatePeriod {
  const [startMonth, end] = kind === 'academy' ? ['09-01', '08-31'] : ['04-01', '03-31'];
  const year = Number(on.slice(0, 4)) - (on.slice(5) < startMonth ? 1 : 0);
  return { from: `${year}-${startMonth}`, to: `${year + 1}-${end}` };
}

/** "April 2026 to March 2027". */
export function financialYearInWords({ from, to }: DatePeriod): string {
  return from.slice(5, 7) === '04' ? `April ${from.slice(0, 4)} to March ${to.slice(0, 4)}` : `September ${from.slice(0, 4)} to August ${to.slice(0, 4)}`;
}
