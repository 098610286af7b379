import { schoolDayOn, type AvailabilityCode, type SchoolCalendar } from '../availability/index.js';
import type { DateOnly } from '../kernel/period.js';
import { refuse } from './booking.js';
import { datesOf, type Recurrence } from './recurrence.js';
import { mostDatesOfSeries, type SeriesEnd } from './series.js';

/** What schools do together beside the sessions they book. A `teacher-exchange` lends a teacher to another school, without money. */
export const sharedEventKinds = ['training', 'meeting', 'sports', 'inset', 'teacher-exchange', 'other'] as const;
export type SharedEventKind = (typeof sharedEventKinds)[number];

/** A date that a rule names, and why nothing is planned on it where nothing is. */
export interface EventDate {
  readonly date: DateOnly;
  readonly code: AvailabilityCode | null;
}

const closedBy: Readonly<Record<string, AvailabilityCode>> = {
  holiday: 'availability.school-holiday', 'bank-holiday': 'availability.bank-holiday', 'not-known': 'availability.calendar-not-known',
};

/**
 * The dates of an event that comes again, by the same rules as a series of sessions. Schools meet on INSET days, so that
 * only holidays, bank holidays and days of a year that is not known yet are skipped. The first day is meant as it was said.
 * Throws `bookings.series-too-long` beyond 200 dates.
 */
export function eventDates(recurrence: Recurrence, end: SeriesEnd, firstOn: DateOnly, calendar: SchoolCalendar): readonly EventDate[] {
  const sessions = 'sessions' in end ? end.sessions : Infinity;
  const until = 'until' in end ? end.until : '9999-12-31';
  const dates: EventDate[] = [];
  let planned = 0;
  for (const date of datesOf(recurrence, firstOn, calendar)) {
    if (date > until || planned >= sessions) break;
    if (dates.length >= mostDatesOfSeries) refuse('bookings.series-too-long', { most: mostDatesOfSeries });
    const code = closedBy[schoolDayOn(calendar, date)] ?? null;
    dates.push({ date, code });
    if (code === null) planned += 1;
    // Beyond what is known there is only more of what is not known.
    else if (code === 'availability.calendar-not-known' && date > (calendar.known.at(-1)?.to ?? '')) break;
  }
  return dates;
}
