import type { Facts } from '../kernel/domain-error.js';
import type { InstantPeriod } from '../kernel/zone.js';

/** Why a period is not a slot. Published, stable; `availabilityRules` lists the order in which they are asked. */
export type AvailabilityCode =
  | 'availability.outside-pattern'
  | 'availability.absent'
  | 'availability.school-holiday'
  | 'availability.school-inset'
  | 'availability.bank-holiday'
  | 'availability.slot-taken'
  | 'availability.room-taken'
  | 'availability.travel'
  | 'availability.no-agreement'
  | 'availability.not-subscribed'
  | 'availability.no-entitlement'
  | 'availability.notice-too-short'
  | 'availability.too-far-ahead'
  | 'availability.credential-expired'
  | 'availability.calendar-not-known'
  | 'availability.no-such-time';

/** One reason, with what explains it: which school, which credential, the earliest time that would do (ISO, `…Z`). */
export interface Refusal {
  readonly code: AvailabilityCode;
  readonly facts: Facts;
}

/** A stretch of one specialist's time that one reason rules out. A period that overlaps it is not a slot. */
export interface RefusedRun extends Refusal, InstantPeriod {
  readonly specialistId: string;
}
