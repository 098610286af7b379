import { whyNot, type AvailabilityInput, type Refusal, type WantedPeriod } from '../availability/index.js';
import { addDays, dayNumber, type DateOnly } from '../kernel/period.js';
import { DomainError } from '../kernel/domain-error.js';
import { instantOf, wallOf, type InstantPeriod } from '../kernel/zone.js';
import type { Booking } from './booking.js';

/** A session and where it is to go; a refusal instead where the clocks jump over the time. */
export interface SessionMove {
  readonly bookingId: string;
  readonly to: WantedPeriod | Refusal;
}

/** What becomes of a session: it moves, or it stays where it is for a reason. */
export interface PlannedMove extends SessionMove {
  readonly refusal: Refusal | null;
}

const isRefusal = (to: WantedPeriod | Refusal): to is Refusal => 'code' in to;

/** The same times on the clock on another date. Throws `availability.no-such-time` where the clocks jump over one of them. */
export function periodOnDate(period: InstantPeriod, date: DateOnly, zone: string): InstantPeriod {
  const start = wallOf(period.startsAt, zone);
  const end = wallOf(period.endsAt, zone);
  const over = dayNumber(end.date) - dayNumber(start.date);
  return { startsAt: instantOf({ date, minute: start.minute }, zone), endsAt: instantOf({ date: addDays(date, over), minute: end.minute }, zone) };
}

/** Where the first session goes says where all go: so many days later, from and to the same time on the clock. */
export function shiftedLike(first: InstantPeriod, to: InstantPeriod, session: InstantPeriod, zone: string): InstantPeriod | Refusal {
  const days = dayNumber(wallOf(to.startsAt, zone).date) - dayNumber(wallOf(first.startsAt, zone).date);
  try {
    return periodOnDate(to, addDays(wallOf(session.startsAt, zone).date, days), zone);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { code: error.code as Refusal['code'], facts: error.facts };
  }
}

/**
 * Decides about sessions that move together, in time order. What moves gives its own time and units up first, so that a
 * series can go a week later, each session onto the place of the next. One that cannot go stays where it is and keeps its
 * place against the others, which are then decided again: the plan is what remains when nobody else is refused.
 *
 * @param inputWithout the input as it is without the time of these bookings and with their units given back.
 */
export function planMoves(moves: readonly SessionMove[], inputWithout: (going: ReadonlySet<string>) => AvailabilityInput): readonly PlannedMove[] {
  const stays = new Map<string, Refusal>();
  for (const { bookingId, to } of moves) if (isRefusal(to)) stays.set(bookingId, to);
  for (let before = -1; before !== stays.size; ) {
    before = stays.size;
    const going = moves.filter((one) => !stays.has(one.bookingId));
    const input = inputWithout(new Set(going.map((one) => one.bookingId)));
    const alongside: InstantPeriod[] = [];
    for (const { bookingId, to } of going) {
      if (isRefusal(to)) continue;
      const refusal = whyNot(input, { ...to, alongside });
      if (refusal) stays.set(bookingId, refusal);
      else alongside.push(to);
    }
  }
  return moves.map((one) => ({ ...one, refusal: stays.get(one.bookingId) ?? null }));
}

/** The session as a period that is asked for, after the move. */
export function wantedAfter(booking: Booking, period: InstantPeriod, to: Partial<Pick<Booking, 'specialistId' | 'place' | 'roomId'>>): WantedPeriod {
  const { specialistId = booking.specialistId, place = booking.place, roomId = booking.roomId } = to;
  return { specialistId, schoolUrns: booking.schoolUrns, place, roomId, startsAt: period.startsAt, endsAt: period.endsAt, ignoringBookingId: booking.id };
}
