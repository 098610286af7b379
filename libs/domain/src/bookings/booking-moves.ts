import type { Place } from '../availability/index.js';
import { msPerMinute, type Instant, type InstantPeriod } from '../kernel/zone.js';
import { attendanceOf, sameAttendance } from './attendance.js';
import {
  refuse,
  type Attendance,
  type Booking,
  type BookingAction,
  type BookingState,
  type Cancellation,
  type CancellingParty,
  type LastDeed,
  type NewBooking,
  type Replanning,
  type Stood,
} from './booking.js';

/**
 * A booking's life: what may be done in which state, and what state follows. `as-before` goes back to the state in
 * which it stood when the world changed. What is not in the table is refused.
 */
export const bookingMoves = {
  request: { held: 'requested' },
  confirm: { held: 'confirmed' },
  approve: { requested: 'confirmed' },
  decline: { held: 'declined', requested: 'declined' },
  expire: { held: 'expired', requested: 'expired' },
  move: { held: 'held', requested: 'requested', confirmed: 'confirmed', 'needs-replanning': 'as-before' },
  replan: { requested: 'needs-replanning', confirmed: 'needs-replanning' },
  restore: { 'needs-replanning': 'as-before' },
  cancel: { held: 'cancelled', requested: 'cancelled', confirmed: 'cancelled', 'needs-replanning': 'cancelled' },
  deliver: { confirmed: 'delivered' },
} as const satisfies Record<BookingAction, Partial<Record<BookingState, BookingState | 'as-before'>>>;

/** The states in which nobody else can have the specialist or the room: the exclusion constraint says the same. */
export const statesThatOccupyTime: readonly BookingState[] = ['held', 'requested', 'confirmed', 'delivered'];

export function occupiesTime(booking: Pick<Booking, 'state'>): boolean {
  return statesThatOccupyTime.includes(booking.state);
}

/** What may be done with a booking now, for buttons and for the facts of a refusal. */
export function possibleActions(state: BookingState): BookingAction[] {
  return (Object.keys(bookingMoves) as BookingAction[]).filter((action) => state in bookingMoves[action]);
}

/** The state that follows. Throws `bookings.already-delivered` or `bookings.wrong-state` for what the table does not have. */
function stateAfter(booking: Booking, action: BookingAction): BookingState {
  const row: Partial<Record<BookingState, BookingState | 'as-before'>> = bookingMoves[action];
  const next = row[booking.state];
  if (next === 'as-before') return booking.replanning?.was ?? 'confirmed';
  if (next) return next;
  if (booking.state === 'delivered') refuse('bookings.already-delivered', { bookingId: booking.id, action });
  return refuse('bookings.wrong-state', {
    bookingId: booking.id,
    action,
    state: booking.state,
    possible: possibleActions(booking.state),
  });
}

/** The booking as it is after a deed: it cannot be taken back as a slip unless the deed says so, and its number grows. */
export const changed = (booking: Booking, changes: Partial<Booking>): Booking => ({
  ...booking,
  lastDeed: null,
  ...changes,
  sequence: booking.sequence + 1,
});

function keptIsOver(booking: Booking, now: Instant): boolean {
  return booking.keptUntil !== null && now >= booking.keptUntil;
}

/** Who did it and when, of a deed that can be taken back; nobody takes back what no person did. */
function deedOf(userId: string | undefined, at: Instant | undefined, was: Stood | null = null): LastDeed | null {
  return userId && at !== undefined ? { userId, at, was } : null;
}

function started(wanted: NewBooking, state: 'held' | 'requested' | 'confirmed', keptUntil: Instant | null): Booking {
  const { schoolUrns, startsAt, endsAt } = wanted;
  if (!(endsAt > startsAt)) refuse('bookings.ends-before-it-starts', { startsAt, endsAt });
  const host = schoolUrns[0];
  if (host === undefined) return refuse('bookings.no-schools');
  const twice = schoolUrns.find((urn, place) => schoolUrns.indexOf(urn) !== place);
  if (twice !== undefined) refuse('bookings.same-school-twice', { schoolUrn: twice });
  return {
    id: wanted.id,
    collaborationId: wanted.collaborationId,
    agreementId: wanted.agreementId,
    specialistId: wanted.specialistId,
    schoolUrns,
    startsAt,
    endsAt,
    requestedBy: wanted.requestedBy,
    place: wanted.place ?? { schoolUrn: host },
    roomId: wanted.roomId ?? null,
    capacity: wanted.capacity ?? null,
    seriesId: wanted.seriesId ?? null,
    onBehalfOf: wanted.onBehalfOf ?? null,
    state,
    keptUntil,
    decidedBy: null,
    cancellation: null,
    replanning: null,
    attendance: [],
    deliveredAt: null,
    movedFrom: [],
    lastDeed: state === 'held' ? null : deedOf(wanted.requestedBy, wanted.askedAt),
    sequence: 0,
  };
}

/**
 * Asks for a period: `requested`, to be decided, where the service needs approval, else `confirmed`. Whether the
 * period is a slot is asked before (`ensureSlot`). Without a place it is at the first school named.
 */
export function request(wanted: NewBooking, terms: { readonly needsApproval: boolean }): Booking {
  return terms.needsApproval ? started(wanted, 'requested', wanted.keptUntil ?? null) : started(wanted, 'confirmed', null);
}

/** Keeps a period for somebody until an instant: while they fill in a form, or think about a freed period. */
export function hold(wanted: NewBooking, until: Instant): Booking {
  return started(wanted, 'held', until);
}

/** Turns a hold into the booking it was for. Throws `bookings.hold-expired` from `keptUntil` on. */
export function requestHeld(
  booking: Booking,
  terms: { readonly needsApproval: boolean; readonly now: Instant; readonly keptUntil?: Instant | null; readonly userId?: string },
): Booking {
  const state = stateAfter(booking, terms.needsApproval ? 'request' : 'confirm');
  if (keptIsOver(booking, terms.now)) refuse('bookings.hold-expired', { bookingId: booking.id, keptUntil: booking.keptUntil });
  return changed(booking, { state, keptUntil: terms.needsApproval ? (terms.keptUntil ?? null) : null, lastDeed: deedOf(terms.userId, terms.now) });
}

/**
 * Approving twice is the same as once. Throws `bookings.own-request` for the person who asked, or who moved it last, where the price is above
 * the collaboration's limit (the caller knows prices; this room does not), and `bookings.hold-expired` when the request
 * has run out.
 */
export function approve(
  booking: Booking,
  by: { readonly userId: string; readonly aboveLimit: boolean; readonly now: Instant },
): Booking {
  if (booking.state === 'confirmed') return booking;
  const state = stateAfter(booking, 'approve');
  if (keptIsOver(booking, by.now)) refuse('bookings.hold-expired', { bookingId: booking.id, keptUntil: booking.keptUntil });
  const asked = [booking.requestedBy, booking.movedFrom.at(-1)?.userId];
  if (by.aboveLimit && asked.includes(by.userId)) refuse('bookings.own-request', { bookingId: booking.id });
  return changed(booking, { state, decidedBy: by.userId, keptUntil: null });
}

/** Declining twice is the same as once. */
export function decline(booking: Booking, by: { readonly userId: string }): Booking {
  if (booking.state === 'declined') return booking;
  return changed(booking, { state: stateAfter(booking, 'decline'), decidedBy: by.userId, keptUntil: null });
}

/** What a hold or request becomes when nobody decides in time. Before that moment nothing changes. */
export function expire(booking: Booking, now: Instant): Booking {
  if (booking.state === 'expired') return booking;
  const state = stateAfter(booking, 'expire');
  return keptIsOver(booking, now) ? changed(booking, { state }) : booking;
}

/** A hold that is not wanted any more: as if it had run out now. Letting go twice is the same as once. */
export function letGo(booking: Booking): Booking {
  return booking.state === 'expired' ? booking : changed(booking, { state: stateAfter(booking, 'expire') });
}

export interface MoveTo extends InstantPeriod {
  readonly specialistId?: string;
  readonly place?: Place;
  readonly roomId?: string | null;
}

const samePlace = (a: Place, b: Place): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * To another period, specialist or place. Moving to where it stands changes nothing. The period it leaves is kept, so
 * that a late cancellation cannot be laundered by moving first. What was approved was approved as long as it was: made
 * longer, it is asked for again where the agreement asks for approval (`needsApproval`).
 */
export function move(booking: Booking, to: MoveTo, by: { readonly party: CancellingParty; readonly now: Instant; readonly userId?: string; readonly needsApproval?: boolean }): Booking {
  const stands = stateAfter(booking, 'move');
  const { startsAt, endsAt, specialistId = booking.specialistId, place = booking.place, roomId = booking.roomId } = to;
  if (!(endsAt > startsAt)) refuse('bookings.ends-before-it-starts', { startsAt, endsAt });
  const samePeriod = startsAt === booking.startsAt && endsAt === booking.endsAt;
  const isAskedAgain = by.needsApproval === true && stands === 'confirmed' && endsAt - startsAt > booking.endsAt - booking.startsAt;
  const state = isAskedAgain ? 'requested' : stands;
  const sameOtherwise = specialistId === booking.specialistId && roomId === booking.roomId && samePlace(place, booking.place);
  if (samePeriod && sameOtherwise && state === booking.state) return booking;
  const left = { startsAt: booking.startsAt, endsAt: booking.endsAt, movedAt: by.now, movedBy: by.party, ...(by.userId ? { userId: by.userId } : {}) };
  const movedFrom = samePeriod ? booking.movedFrom : [...booking.movedFrom, left];
  return changed(booking, { state, startsAt, endsAt, specialistId, place, roomId, movedFrom, replanning: null, ...(isAskedAgain ? { decidedBy: null, keptUntil: startsAt } : {}), lastDeed: deedOf(by.userId, by.now, stoodOf(booking)) });
}

function stoodOf({ startsAt, endsAt, specialistId, place, roomId, state, keptUntil, decidedBy, replanning, movedFrom }: Booking): Stood {
  return { startsAt, endsAt, specialistId, place, roomId, state, keptUntil, decidedBy, replanning, movedFrom };
}

/** How long a slip can be taken back as if it had not happened. */
export const undoMinutes = 10;

/**
 * Takes back what the same person did last: what was booked was never wanted and costs nothing, what was moved stands
 * where it stood, also in what a late cancellation counts. Its earlier period is asked for again first.
 * Throws `bookings.nothing-to-undo`, `bookings.too-late-to-undo`, and `bookings.already-begun` once either session has begun.
 */
export function undo(booking: Booking, by: { readonly userId: string; readonly now: Instant }): Booking {
  const { lastDeed, id } = booking;
  if (!lastDeed || lastDeed.userId !== by.userId) return refuse('bookings.nothing-to-undo', { bookingId: id });
  if (by.now > lastDeed.at + undoMinutes * msPerMinute) refuse('bookings.too-late-to-undo', { bookingId: id, undoMinutes });
  const { was } = lastDeed;
  if (by.now >= Math.min(booking.startsAt, was?.startsAt ?? booking.startsAt)) refuse('bookings.already-begun', { bookingId: id });
  if (was) return changed(booking, was);
  const cancellation: Cancellation = { by: 'common', schoolUrn: null, userId: by.userId, reason: 'Booked by mistake', at: by.now };
  return changed(booking, { state: stateAfter(booking, 'cancel'), cancellation, keptUntil: null });
}

/** The world changed: the booking is neither lost nor cancelled, but somebody must find it another place. */
export function replan(booking: Booking, reason: Omit<Replanning, 'was'>): Booking {
  if (booking.state === 'needs-replanning') return booking;
  const state = stateAfter(booking, 'replan');
  const was = booking.state === 'requested' ? 'requested' : 'confirmed';
  return changed(booking, { state, replanning: { ...reason, was } });
}

/** The change is undone and the booking stands as before. Its period is asked for again first (`ensureSlot`). */
export function restore(booking: Booking): Booking {
  if (booking.state === 'confirmed' || booking.state === 'requested') return booking;
  return changed(booking, { state: stateAfter(booking, 'restore'), replanning: null });
}

/** Cancelling twice is the same as once: the first reason stands. What it costs says `cancellationOutcome`, asked before. */
export function cancel(booking: Booking, cancellation: Cancellation): Booking {
  if (booking.state === 'cancelled') return booking;
  return changed(booking, { state: stateAfter(booking, 'cancel'), cancellation, keptUntil: null, replanning: null });
}

/**
 * The specialist says that it happened; from then on the booking never changes. Saying it again is the same as once,
 * another attendance is `bookings.already-delivered`. Without attendance every school was there all the time.
 * Throws `bookings.not-begun` before it starts, unless `mayBeEarly`.
 */
export function deliver(
  booking: Booking,
  said: { readonly at: Instant; readonly attendance?: readonly Attendance[]; readonly mayBeEarly?: boolean },
): Booking {
  const attendance = attendanceOf(booking, said.attendance);
  if (booking.state === 'delivered' && (!said.attendance || sameAttendance(attendance, booking.attendance))) return booking;
  const state = stateAfter(booking, 'deliver');
  if (!said.mayBeEarly && said.at < booking.startsAt) refuse('bookings.not-begun', { bookingId: booking.id, startsAt: booking.startsAt });
  return changed(booking, { state, attendance, deliveredAt: said.at });
}
