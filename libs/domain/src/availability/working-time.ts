import { dayNumber } from '../kernel/period.js';
import type { InstantPeriod } from '../kernel/zone.js';
import { sortedByStart } from './input-index.js';
import type { WorkingPattern, WorkingPeriod } from './input.js';
import { daysWithin, instantOn, type Question } from './question.js';

/** 0 is Monday; 1 January 1970 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Weeks since the one that holds 1 January 1970, from Monday to Sunday. */
const weekOf = (day: number): number => Math.floor((day + 3) / 7);

const termDays = new WeakMap<Question, Uint8Array>();

/** For each day of the table, 1 when term-time patterns are worked: in a term and not on a holiday within it. */
function termDaysOf(question: Question): Uint8Array {
  const known = termDays.get(question);
  if (known) return known;
  const { days, index, input, hostUrn, schoolUrns } = question;
  // A host of which nothing was read is one that does not come: then the first of those that do says what is term.
  const calendar = input.termCalendar ?? index.calendars.get(hostUrn ?? '') ?? index.calendars.get(schoolUrns[0] ?? '');
  const inTerm = new Uint8Array(days.lastDay - days.firstDay + 1);
  const mark = (from: string, to: string, value: 0 | 1): void => {
    const { first, last } = daysWithin(days, from, to);
    if (first <= last) inTerm.fill(value, first - days.firstDay, last - days.firstDay + 1);
  };
  for (const term of calendar?.terms ?? []) mark(term.from, term.to, 1);
  for (const closure of calendar?.closures ?? []) if (closure.kind === 'holiday') mark(closure.from, closure.to, 0);
  termDays.set(question, inTerm);
  return inTerm;
}

function periodsByWeekday(pattern: WorkingPattern): readonly (readonly WorkingPeriod[])[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) =>
    pattern.periods
      .filter((period) => period.weekday === weekday && period.startMinute < period.endMinute)
      .sort((a, b) => a.startMinute - b.startMinute),
  );
}

function addPattern(periods: InstantPeriod[], pattern: WorkingPattern, question: Question): void {
  const { days } = question;
  const { first, last } = daysWithin(days, pattern.validFrom, pattern.validTo);
  const byWeekday = periodsByWeekday(pattern);
  const inTerm = pattern.termTimeOnly ? termDaysOf(question) : null;
  const anchorWeek = pattern.everyWeeks === 2 ? weekOf(dayNumber(pattern.anchorOn ?? pattern.validFrom)) : null;
  for (let day = first; day <= last; day += 1) {
    if (inTerm && inTerm[day - days.firstDay] === 0) continue;
    if (anchorWeek !== null && (weekOf(day) - anchorWeek) % 2 !== 0) continue;
    for (const period of byWeekday[weekdayOf(day)] ?? []) {
      const startsAt = instantOn(days, day, period.startMinute);
      const endsAt = instantOn(days, day, period.endMinute);
      if (startsAt < endsAt) periods.push({ startsAt, endsAt });
    }
  }
}

/** When a specialist works, patterns and extra time together, absences not yet taken out; sorted by start, and may overlap. */
export function workingTimeOf(question: Question, specialistId: string): InstantPeriod[] {
  const periods: InstantPeriod[] = [];
  for (const pattern of question.index.patterns.get(specialistId) ?? []) addPattern(periods, pattern, question);
  periods.push(...(question.index.extraTime.get(specialistId) ?? []));
  return sortedByStart(periods);
}
