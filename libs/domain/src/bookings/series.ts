import { whyNot, type AvailabilityCode, type AvailabilityInput, type SchoolCalendar, type WantedPeriod } from '../availability/index.js';
import { DomainError, type Facts } from '../kernel/domain-error.js';
import type { DateOnly } from '../kernel/period.js';
import { instantOf, type Instant, type InstantPeriod } from '../kernel/zone.js';
import { refuse } from './booking.js';
import { datesOf, type Recurrence } from './recurrence.js';

/** `until` (a date that belongs to it) shrinks when dates are skipped; `sessions` goes on past them until so many will be booked. */
export type SeriesEnd = { readonly until: DateOnly } | { readonly sessions: number };

export interface SeriesWanted extends Omit<WantedPeriod, 'startsAt' | 'endsAt' | 'alongside'> {
  readonly firstOn: DateOnly;
  /** Wall minutes since midnight: the clock's time stays, the instant moves with the clock change. */
  readonly startMinute: number;
  readonly endMinute: number;
  readonly recurrence: Recurrence;
  readonly end: SeriesEnd;
}

export interface SeriesDate {
  readonly date: DateOnly;
  /** Null only for `availability.no-such-time`. */
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly outcome: 'will-book' | 'skipped';
  /** Why it is skipped. */
  readonly code?: AvailabilityCode;
  readonly facts?: Facts;
}

export interface SeriesPreview {
  readonly dates: readonly SeriesDate[];
  readonly willBook: number;
  readonly skipped: number;
  /** False when the series ends before what was asked for: too few sessions, or a calendar that is not known so far. */
  readonly complete: boolean;
}

/** More are refused as `bookings.series-too-long`: a year of Tuesdays is forty. */
export const mostDatesOfSeries = 200;

/** Refusals that no later date can escape when they know of no earliest time. */
const finalCodes: readonly AvailabilityCode[] = [
  'availability.no-agreement',
  'availability.not-subscribed',
  'availability.calendar-not-known',
  'availability.credential-expired',
  'availability.no-entitlement',
];

function isFinal({ code, facts }: SeriesDate): boolean {
  if (code === 'availability.too-far-ahead') return true;
  return code !== undefined && finalCodes.includes(code) && facts?.['earliest'] === undefined;
}

/** The period on a date, or the date as skipped when the clocks jump over it. */
function periodOn(date: DateOnly, wanted: SeriesWanted, zone: string): InstantPeriod | SeriesDate {
  try {
    const startsAt = instantOf({ date, minute: wanted.startMinute }, zone);
    return { startsAt, endsAt: instantOf({ date, minute: wanted.endMinute }, zone) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const code = error.code as AvailabilityCode;
    return { date, startsAt: null, endsAt: null, outcome: 'skipped', code, facts: error.facts };
  }
}

function decided(input: AvailabilityInput, wanted: SeriesWanted, date: DateOnly, alongside: readonly InstantPeriod[]): SeriesDate {
  const found = periodOn(date, wanted, input.zone);
  if ('outcome' in found) return found;
  const { specialistId, schoolUrns, place, roomId } = wanted;
  const refusal = whyNot(input, { specialistId, schoolUrns, place, roomId: roomId ?? null, ...found, alongside });
  if (!refusal) return { date, ...found, outcome: 'will-book' };
  return { date, ...found, outcome: 'skipped', code: refusal.code, facts: refusal.facts };
}

function hostCalendar(input: AvailabilityInput, { schoolUrns, place }: SeriesWanted): SchoolCalendar {
  const host = place && 'schoolUrn' in place ? place.schoolUrn : schoolUrns[0];
  const found = input.calendars.find((calendar) => calendar.schoolUrn === host) ?? input.calendars.find((calendar) => calendar.schoolUrn === schoolUrns[0]);
  return found ?? { schoolUrn: host ?? '', terms: [], halfTerms: [], known: [], closures: [] };
}

/** With an end date a rule by half-terms reaches only as far as the calendar is known. */
function reachesItsEnd(wanted: SeriesWanted, calendar: SchoolCalendar, willBook: number): boolean {
  if ('sessions' in wanted.end) return willBook >= wanted.end.sessions;
  if (wanted.recurrence.kind !== 'week-of-half-term') return true;
  return wanted.end.until <= (calendar.known.at(-1)?.to ?? '');
}

/**
 * Every date of a series as *will book* or *skipped* with its refusal; one closed day never refuses the series.
 * Dates of the series count against each other: they occupy time and take entitlement. `input.loaded` must reach
 * as far as the series: to its last date, or for a number of sessions to the end of the horizon.
 * Throws `bookings.series-too-long` beyond 200 dates, skipped ones included.
 */
export function previewSeries(input: AvailabilityInput, wanted: SeriesWanted): SeriesPreview {
  if (!(wanted.endMinute > wanted.startMinute)) refuse('bookings.ends-before-it-starts', { startMinute: wanted.startMinute, endMinute: wanted.endMinute });
  const calendar = hostCalendar(input, wanted);
  const sessions = 'sessions' in wanted.end ? wanted.end.sessions : Infinity;
  const until = 'until' in wanted.end ? wanted.end.until : '9999-12-31';
  const dates: SeriesDate[] = [];
  const booked: InstantPeriod[] = [];
  for (const date of datesOf(wanted.recurrence, wanted.firstOn, calendar)) {
    if (date > until || booked.length >= sessions) break;
    if (dates.length >= mostDatesOfSeries) refuse('bookings.series-too-long', { most: mostDatesOfSeries });
    const one = decided(input, wanted, date, booked);
    dates.push(one);
    if (one.outcome === 'will-book') booked.push({ startsAt: one.startsAt as Instant, endsAt: one.endsAt as Instant });
    else if (sessions !== Infinity && isFinal(one)) break;
  }
  const willBook = booked.length;
  return { dates, willBook, skipped: dates.length - willBook, complete: reachesItsEnd(wanted, calendar, willBook) };
}

/** The periods to book, in time order. Throws `bookings.series-empty` when every date is skipped. */
export function periodsToBook(preview: SeriesPreview): readonly InstantPeriod[] {
  if (preview.willBook === 0) refuse('bookings.series-empty', { skipped: preview.dates.map(({ date, code }) => ({ date, code })) });
  return preview.dates
    .filter((one) => one.outcome === 'will-book')
    .map((one) => ({ startsAt: one.startsAt as Instant, endsAt: one.endsAt as Instant }));
}
