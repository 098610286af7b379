import type { Instant } from '../kernel/zone.js';
import { refuse, type Booking } from './booking.js';

/** How many people of a school come to a session with seats. */
export interface SeatsTaken {
  readonly schoolUrn: string;
  readonly seats: number;
}

/**
 * What a school has after it has asked for so many seats; 0 gives them back. Asking for what one has changes nothing.
 * Throws `bookings.no-seats` for a session without them, `bookings.wrong-state`, `bookings.already-begun`,
 * `bookings.session-full` with what is left, and `bookings.last-school` for the only one that comes.
 */
export function takeSeats(booking: Booking, taken: readonly SeatsTaken[], wanted: SeatsTaken, now: Instant): readonly SeatsTaken[] {
  const { capacity, state } = booking;
  if (capacity === null) return refuse('bookings.no-seats', { bookingId: booking.id });
  if (state !== 'confirmed' && state !== 'requested') refuse('bookings.wrong-state', { bookingId: booking.id, state });
  if (now >= booking.startsAt) refuse('bookings.already-begun', { bookingId: booking.id });
  const others = taken.filter((one) => one.schoolUrn !== wanted.schoolUrn);
  const left = capacity - others.reduce((sum, one) => sum + one.seats, 0);
  if (wanted.seats > left) refuse('bookings.session-full', { bookingId: booking.id, capacity, left: Math.max(0, left) });
  if (wanted.seats === 0 && others.length === 0) refuse('bookings.last-school', { bookingId: booking.id });
  if (wanted.seats === 0) return others;
  return taken.map((one) => (one.schoolUrn === wanted.schoolUrn ? wanted : one)).concat(others.length === taken.length ? [wanted] : []);
}
