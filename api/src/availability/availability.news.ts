import type { Instant } from '@fairshare/domain/kernel/zone';
import { news } from '../platform/events.js';

/** A period in which a specialist can work who could not before: somebody may be waiting for some of it. */
export interface TimeOpened {
  readonly specialistId: string;
  readonly startsAt: Instant;
  /** Null for a pattern without a last day. */
  readonly endsAt: Instant | null;
}

/** An absence was taken back, extra time or a working pattern was added. */
export const timeOpened = news<TimeOpened>('availability.time-opened');
