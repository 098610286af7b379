import type { AvailabilityCode, AvailabilityInput, WantedPeriod } from '../availability/index.js';
import type { Facts } from '../kernel/domain-error.js';
import type { DateOnly } from '../kernel/period.js';
import type { Instant } from '../kernel/zone.js';

/** How the dates of a series follow from its first. Weekdays: 1 is Monday. */
export type Recurrence =
  | { readonly kind: 'weekly' }
  | { readonly kind: 'fortnightly' }
  /** Every such weekday that lies in a term of the host school; the days between are no dates of the series. */
  | { readonly kind: 'weekday-in-term'; readonly weekday: number }
  /** Week 1 is the Monday-to-Sunday week that holds the half-term's first weekday. */
  | { readonly kind: 'week-of-half-term'; readonly week: number; readonly weekday: number };

/** `until` shrinks when dates are skipped; `sessions` goes on past them until so many will be booked. */
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
  readonly code?: AvailabilityCode;
  readonly facts?: Facts;
}

export interface SeriesPreview {
  readonly dates: readonly SeriesDate[];
  readonly willBook: number;
  readonly skipped: number;
  /** False when fewer sessions were found than asked for. */
  readonly complete: boolean;
}

export declare function previewSeries(input: AvailabilityInput, wanted: SeriesWanted): SeriesPreview;
