import type { Instant } from '../kernel/zone.js';
import { refuse, type Booking } from './booking.js';

const states: readonly Booking['state'][] = ['requested', 'confirmed', 'needs-replanning'];

/** The schools that could leave a joint booking now, were it early enough: all but its host. */
export function schoolsThatMayLeave(booking: Booking, now: Instant): readonly string[] {
  const { capacity, place, schoolUrns, startsAt, state } = booking;
  if (capacity !== null || schoolUrns.length < 2 || now >= startsAt || !states.includes(state)) return [];
  return schoolUrns.filter((urn) => !('schoolUrn' in place) || place.schoolUrn !== urn);
}

/**
 * One of several schools does not come after all; the session stays for the others. Ask `cancellationOutcome` first what
 * giving it up costs that school: `chargeBasisPoints` above nothing keeps it in, since others would pay for its place.
 * Throws `bookings.leave-by-seats`, `bookings.wrong-state`, `bookings.already-begun`, `bookings.school-not-part`,
 * `bookings.last-school`, `bookings.host-stays`, `bookings.too-late-to-leave`.
 */
export function leave(booking: Booking, schoolUrn: string, notice: { readonly now: Instant; readonly workingDays: number; readonly chargeBasisPoints: number }): Booking {
  const { id: bookingId, place, schoolUrns, state } = booking;
  if (booking.capacity !== null) refuse('bookings.leave-by-seats', { bookingId });
  if (!states.includes(state)) refuse('bookings.wrong-state', { bookingId, state });
  if (notice.now >= booking.startsAt) refuse('bookings.already-begun', { bookingId });
  if (!schoolUrns.includes(schoolUrn)) refuse('bookings.school-not-part', { bookingId, schoolUrn });
  if (schoolUrns.length === 1) refuse('bookings.last-school', { bookingId });
  if ('schoolUrn' in place && place.schoolUrn === schoolUrn) refuse('bookings.host-stays', { bookingId, schoolUrn });
  const { workingDays, chargeBasisPoints } = notice;
  if (chargeBasisPoints > 0) refuse('bookings.too-late-to-leave', { bookingId, schoolUrn, workingDays, chargeBasisPoints });
  return {
    ...booking,
    schoolUrns: schoolUrns.filter((urn) => urn !== schoolUrn),
    onBehalfOf: booking.onBehalfOf === schoolUrn ? null : booking.onBehalfOf,
    lastDeed: null,
    sequence: booking.sequence + 1,
  };
}
