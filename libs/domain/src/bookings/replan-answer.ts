import type { Place } from '../availability/index.js';
import type { InstantPeriod } from '../kernel/zone.js';
import { refuse, type Booking, type Replanning } from './booking.js';

/** Where a booking stood when it needed re-planning, kept when somebody answers, so that the answer can be taken back. */
export interface BeforeAnswer extends InstantPeriod {
  readonly specialistId: string;
  readonly place: Place;
  readonly roomId: string | null;
  readonly replanning: Replanning;
}

export function beforeAnswer({ startsAt, endsAt, specialistId, place, roomId, replanning }: Booking): BeforeAnswer {
  if (!replanning) return refuse('bookings.wrong-state', { state: 'as it is' });
  return { startsAt, endsAt, specialistId, place, roomId, replanning };
}

/**
 * Takes an answer back: the booking needs re-planning as before, where it stood. The move that the answer made leaves no
 * trace in what a late cancellation counts. Throws `bookings.wrong-state` for what is neither moved nor given up.
 */
export function reopen(booking: Booking, before: BeforeAnswer): Booking {
  if (!['confirmed', 'requested', 'cancelled'].includes(booking.state)) refuse('bookings.wrong-state', { bookingId: booking.id, state: booking.state });
  const wasMoved = booking.state !== 'cancelled' && (booking.startsAt !== before.startsAt || booking.endsAt !== before.endsAt);
  return {
    ...booking,
    ...before,
    state: 'needs-replanning',
    cancellation: null,
    lastDeed: null,
    movedFrom: wasMoved ? booking.movedFrom.slice(0, -1) : booking.movedFrom,
    sequence: booking.sequence + 1,
  };
}
