import type { DateOnly, DatePeriod } from '../kernel/period.js';

/**
 * What one line of a calendar says about its days. `half-term` and `holiday` belong to term dates;
 * `closure` is a single event such as snow; `open` opens a day again that a farther layer closed.
 */
export type CalendarEntryKind = 'term' | 'half-term' | 'holiday' | 'inset' | 'bank-holiday' | 'closure' | 'open';

/** Both days belong to it. */
export interface CalendarEntry extends DatePeriod {
  readonly kind: CalendarEntryKind;
  readonly name: string;
}

/** Farthest first: a school inherits from its local authority, which inherits from its nation. */
export type CalendarLevel = 'nation' | 'local-authority' | 'school';

export interface CalendarLayer {
  readonly level: CalendarLevel;
  readonly entries: readonly CalendarEntry[];
}

/** Days on which a school takes no session, and why. */
export interface Closure extends DatePeriod {
  readonly kind: 'holiday' | 'inset' | 'bank-holiday';
  readonly name: string;
}

/** A school's year after inheritance, sorted by date. */
export interface SchoolCalendar {
  readonly schoolUrn: string;
  readonly terms: readonly CalendarEntry[];
  /** Terms cut at their half-term holidays: what people call autumn 1, autumn 2, … */
  readonly halfTerms: readonly DatePeriod[];
  /** Days about which the calendar says anything at all; a day outside is `availability.calendar-not-known`. */
  readonly known: readonly DatePeriod[];
  readonly closures: readonly Closure[];
}

export type SchoolDay = 'open' | 'holiday' | 'inset' | 'bank-holiday' | 'not-known';

export declare function resolveCalendar(schoolUrn: string, layers: readonly CalendarLayer[]): SchoolCalendar;
export declare function schoolDayOn(calendar: SchoolCalendar, date: DateOnly): SchoolDay;
export declare function isWorkingDay(calendar: SchoolCalendar, date: DateOnly): boolean;
export declare function workingDaysBetween(calendar: SchoolCalendar, after: DateOnly, upTo: DateOnly): number;
