import type { Facts } from '../kernel/domain-error.js';
import type { Instant } from '../kernel/zone.js';
import { changed } from './booking-moves.js';
import { refuse, type Booking, type BookingsCode } from './booking.js';

const states: readonly Booking['state'][] = ['requested', 'confirmed', 'needs-replanning'];

/** Why a school cannot leave, however early it says so; null when it can. */
function whyNotLeave({ id: bookingId, capacity, place, schoolUrns, startsAt, state }: Booking, schoolUrn: string, now: Instant): readonly [BookingsCode, Facts] | null {
  if (capacity !== null) return ['bookings.leave-by-seats', { bookingId }];
  if (!states.includes(state)) return ['bookings.wrong-state', { bookingId, state }];
  if (now >= startsAt) return ['bookings.already-begun', { bookingId }];
  if (!schoolUrns.includes(schoolUrn)) return ['bookings.school-not-part', { bookingId, schoolUrn }];
  if (schoolUrns.length === 1) return ['bookings.last-school', { bookingId }];
  if ('schoolUrn' in place && place.schoolUrn === schoolUrn) return ['bookings.host-stays', { bookingId, schoolUrn }];
  return null;
}

/** The schools that could leave a joint booking now, were it early enough: all but its host. */
export function schoolsThatMayLeave(booking: Booking, now: Instant): readonly string[] {
  return booking.schoolUrns.filter((urn) => whyNotLeave(booking, urn, now) === null);
}

/**
 * One of several schools does not come after all; the session stays for the others. Ask `cancellationOutcome` first what
 * giving it up costs that school: `chargeBasisPoints` above nothing keeps it in, since others would pay for its place.
 * Throws `bookings.leave-by-seats`, `bookings.wrong-state`, `bookings.already-begun`, `bookings.school-not-part`,
 * `bookings.last-school`, `bookings.host-stays`, `bookings.too-late-to-leave`.
 */
export function leave(booking: Booking, schoolUrn: string, notice: { readonly now: Instant; readonly workingDays: number; readonly chargeBasisPoints: number }): Booking {
  const { now, workingDays, chargeBasisPoints } = notice;
  const refusal = whyNotLeave(booking, schoolUrn, now);
  if (refusal) refuse(...refusal);
  if (chargeBasisPoints > 0) refuse('bookings.too-late-to-leave', { bookingId: booking.id, schoolUrn, workingDays, chargeBasisPoints });
  const { schoolUrns, onBehalfOf } = booking;
  return changed(booking, { schoolUrns: schoolUrns.filter((urn) => urn !== schoolUrn), onBehalfOf: onBehalfOf === schoolUrn ? null : onBehalfOf });
}
