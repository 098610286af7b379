import type { InstantPeriod, Instant } from '../kernel/zone.js';
import type { Place } from '../availability/index.js';

/**
 * `held` a slot kept for somebody for a short while; `requested` waits for approval; `confirmed` will happen;
 * `delivered` has happened and never changes again; `needs-replanning` the world changed and it can no longer
 * happen as it stands, though nobody has cancelled it; `declined`, `expired`, `cancelled` are over.
 */
export type BookingState =
  | 'held'
  | 'requested'
  | 'confirmed'
  | 'delivered'
  | 'needs-replanning'
  | 'cancelled'
  | 'declined'
  | 'expired';

export type BookingAction = 'request' | 'confirm' | 'approve' | 'decline' | 'expire' | 'move' | 'replan' | 'restore' | 'cancel' | 'deliver';

/** Who gives up a booking: a school, the specialist, or nobody in particular (snow). */
export type CancellingParty = 'school' | 'specialist' | 'common';

/** How long a school's people were there, in minutes. */
export interface Attendance {
  readonly schoolUrn: string;
  readonly minutes: number;
}

/** Where a booking stood before it was moved; late moves still count when it is then cancelled. */
export interface EarlierPeriod extends InstantPeriod {
  readonly movedAt: Instant;
  readonly movedBy: CancellingParty;
}

export interface Cancellation {
  readonly by: CancellingParty;
  /** The school that cancels; null when it is the specialist or common. */
  readonly schoolUrn: string | null;
  readonly userId: string;
  readonly reason: string;
  readonly at: Instant;
}

/** A period of a specialist's time for one school, or for several (a joint booking). */
export interface Booking extends InstantPeriod {
  readonly id: string;
  readonly collaborationId: string;
  readonly agreementId: string;
  readonly specialistId: string;
  readonly schoolUrns: readonly string[];
  readonly place: Place;
  readonly roomId: string | null;
  readonly state: BookingState;
  readonly seriesId: string | null;
  /** The user who asked. */
  readonly requestedBy: string;
  /** The school it was asked for by somebody of another place (the coordinator, a delegate); null when they are of that school. */
  readonly onBehalfOf: string | null;
  /** Until when a hold or a request keeps its period; null when it does not run out. */
  readonly keptUntil: Instant | null;
  /** The user who approved or declined. */
  readonly decidedBy: string | null;
  readonly cancellation: Cancellation | null;
  /** Why it needs re-planning, as a refusal's code. */
  readonly replanReason: string | null;
  readonly attendance: readonly Attendance[];
  readonly deliveredAt: Instant | null;
  /** Oldest first; empty for a booking that never moved. */
  readonly movedFrom: readonly EarlierPeriod[];
  /** Grows with every change: iCalendar's SEQUENCE. */
  readonly sequence: number;
}

export type BookingsCode =
  | 'bookings.wrong-state'
  | 'bookings.already-delivered'
  | 'bookings.own-request'
  | 'bookings.hold-expired'
  | 'bookings.not-begun'
  | 'bookings.ends-before-it-starts'
  | 'bookings.no-schools'
  | 'bookings.same-school-twice'
  | 'bookings.school-not-part'
  | 'bookings.attendance-not-possible'
  | 'bookings.length-not-on-offer'
  | 'bookings.objection-too-late'
  | 'bookings.series-too-long'
  | 'bookings.series-empty'
  | 'bookings.nothing-to-return'
  | 'bookings.units-not-whole';

/** What is needed to ask for a booking. */
export type NewBooking = Pick<
  Booking,
  'id' | 'collaborationId' | 'agreementId' | 'specialistId' | 'schoolUrns' | 'startsAt' | 'endsAt' | 'requestedBy'
> &
  Partial<Pick<Booking, 'place' | 'roomId' | 'seriesId' | 'onBehalfOf' | 'keptUntil'>>;

/** Asks for a period: `requested` when the service needs approval, else `confirmed`. Availability is asked before (`ensureSlot`). */
export declare function request(wanted: NewBooking, terms: { readonly needsApproval: boolean }): Booking;
export declare function hold(wanted: NewBooking, until: Instant): Booking;
export declare function requestHeld(booking: Booking, terms: { readonly needsApproval: boolean; readonly now: Instant; readonly keptUntil?: Instant | null }): Booking;
export declare function approve(booking: Booking, by: { readonly userId: string; readonly aboveLimit: boolean; readonly now: Instant }): Booking;
export declare function decline(booking: Booking, by: { readonly userId: string }): Booking;
export declare function expire(booking: Booking, now: Instant): Booking;
export declare function move(
  booking: Booking,
  to: InstantPeriod & { readonly specialistId?: string; readonly place?: Place; readonly roomId?: string | null },
  by: { readonly party: CancellingParty; readonly now: Instant },
): Booking;
export declare function replan(booking: Booking, reason: string): Booking;
export declare function restore(booking: Booking): Booking;
export declare function cancel(booking: Booking, cancellation: Cancellation): Booking;
export declare function deliver(booking: Booking, said: { readonly at: Instant; readonly attendance?: readonly Attendance[]; readonly mayBeEarly?: boolean }): Booking;
