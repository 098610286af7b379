import type { DateOnly, DatePeriod } from '../kernel/period.js';

export interface Term extends DatePeriod {
  readonly name: string;
}

/** The days on which terms begin as local authorities pay by them, holidays included, and the month-day before the next. */
const terms = [
  { name: 'Spring', from: '01-01', to: '03-31' },
  { name: 'Summer', from: '04-01', to: '08-31' },
  { name: 'Autumn', from: '09-01', to: '12-31' },
] as const;

/** The term of a day. Easter does not move it, so that years compare. */
export function termOf(on: DateOnly): Term {
  const year = on.slice(0, 4);
  const term = terms.find(({ to }) => on.slice(5) <= to) ?? terms[2];
  return { name: `${term.name} ${year}`, from: `${year}-${term.from}`, to: `${year}-${term.to}` };
}

/** The last `count` terms up to the one the day is in, oldest first. */
export function lastTerms(on: DateOnly, count: number): Term[] {
  const found: Term[] = [];
  for (let year = Number(on.slice(0, 4)); found.length < count; year--) {
    for (const term of [...terms].reverse()) {
      const from = `${year}-${term.from}`;
      if (from <= on && found.length < count) found.push({ name: `${term.name} ${year}`, from, to: `${year}-${term.to}` });
    }
  }
  return found.reverse();
}
