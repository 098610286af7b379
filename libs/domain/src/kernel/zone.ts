import type { DateOnly } from './period.js';

/** A moment: whole milliseconds since 1 January 1970 in UTC. */
export type Instant = number;

/** From `startsAt` up to, not including, `endsAt`. */
export interface InstantPeriod {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** What a clock on the wall shows: a date and the minute since midnight, 0 to 1440 (1440 is the next day's midnight). */
export interface WallTime {
  readonly date: DateOnly;
  readonly minute: number;
}
