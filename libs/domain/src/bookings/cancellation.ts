import type { SchoolCalendar } from '../availability/index.js';
import type { Instant } from '../kernel/zone.js';
import type { Booking, CancellingParty } from './booking.js';

/** With at least so many working days' notice, this part of the price is charged (10,000 is all of it). */
export interface CancellationBand {
  readonly atLeastWorkingDays: number;
  readonly chargeBasisPoints: number;
}

export interface CancellationOutcome {
  readonly chargeBasisPoints: number;
  /** Working days between the day it is cancelled (or was moved) and the day it stood on. */
  readonly workingDays: number;
  readonly band: CancellationBand | null;
  /** Which period decided: the booking's own, or one it was moved away from. */
  readonly countedFor: { readonly startsAt: Instant; readonly givenAt: Instant };
  /** Who bears the charge: the school that cancels, or all of them when the reason is common. */
  readonly borneBy: readonly string[];
}

export declare function cancellationOutcome(
  booking: Booking,
  by: { readonly party: CancellingParty; readonly schoolUrn: string | null; readonly now: Instant },
  terms: { readonly bands: readonly CancellationBand[]; readonly calendar: SchoolCalendar; readonly zone: string },
): CancellationOutcome;
