import { schoolDayOn, type SchoolCalendar } from '../availability/index.js';
import { addDays, isoWeekday, type DateOnly } from '../kernel/period.js';

/** How the dates of a series follow from its first. Weekdays: 1 is Monday. */
export type Recurrence =
  | { readonly kind: 'weekly' }
  | { readonly kind: 'fortnightly' }
  /** Every such weekday that lies in a term of the host school; holidays in between are no dates of the series. */
  | { readonly kind: 'weekday-in-term'; readonly weekday: number }
  /** Week 1 is the Monday-to-Sunday week that holds the half-term's first weekday. */
  | { readonly kind: 'week-of-half-term'; readonly week: number; readonly weekday: number };

function* everyDays(first: DateOnly, step: number): Generator<DateOnly> {
  for (let date = first; ; date = addDays(date, step)) yield date;
}

function* weekdaysInTerm(first: DateOnly, weekday: number, calendar: SchoolCalendar): Generator<DateOnly> {
  const start = addDays(first, (weekday - isoWeekday(first) + 7) % 7);
  for (const date of everyDays(start, 7)) if (schoolDayOn(calendar, date) !== 'holiday') yield date;
}

function* weeksOfHalfTerms(first: DateOnly, week: number, weekday: number, calendar: SchoolCalendar): Generator<DateOnly> {
  for (const halfTerm of calendar.halfTerms) {
    const monday = addDays(halfTerm.from, 1 - isoWeekday(halfTerm.from));
    const date = addDays(monday, (week - 1) * 7 + weekday - 1);
    if (date >= first && date >= halfTerm.from && date <= halfTerm.to) yield date;
  }
}

/**
 * The dates a rule names from the first on, in order, without an end where the rule has none. Days of a school year
 * that is not known yet are named too where the rule allows it, for the preview to refuse them one by one.
 */
export function datesOf(recurrence: Recurrence, firstOn: DateOnly, calendar: SchoolCalendar): Iterable<DateOnly> {
  switch (recurrence.kind) {
    case 'weekly':
      return everyDays(firstOn, 7);
    case 'fortnightly':
      return everyDays(firstOn, 14);
    case 'weekday-in-term':
      return weekdaysInTerm(firstOn, recurrence.weekday, calendar);
    case 'week-of-half-term':
      return weeksOfHalfTerms(firstOn, recurrence.week, recurrence.weekday, calendar);
  }
}
