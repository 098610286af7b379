import type { Place } from '../availability/index.js';
import { DomainError, type Facts } from '../kernel/domain-error.js';
import type { Instant, InstantPeriod } from '../kernel/zone.js';

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

export type BookingAction =
  | 'request'
  | 'confirm'
  | 'approve'
  | 'decline'
  | 'expire'
  | 'move'
  | 'replan'
  | 'restore'
  | 'cancel'
  | 'deliver';

/** On whose account a booking is moved, re-planned or cancelled: a school's, the specialist's, or nobody's in particular (snow). */
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
  /** The person who moved it: they asked for it as it stands since. Older moves do not say. */
  readonly userId?: string;
}

export interface Cancellation {
  readonly by: CancellingParty;
  /** The school that cancels; null when it is the specialist or common. */
  readonly schoolUrn: string | null;
  readonly userId: string;
  readonly reason: string;
  readonly at: Instant;
}

/** What made a booking impossible as it stands, and the state it goes back to once it is moved or the change is undone. */
export interface Replanning {
  /** A refusal's code: `availability.absent`, `availability.school-inset`, … */
  readonly code: string;
  readonly causedBy: CancellingParty;
  readonly at: Instant;
  readonly was: 'requested' | 'confirmed';
}

/** Where and how a booking stood before it was moved. */
export interface Stood extends InstantPeriod {
  readonly specialistId: string;
  readonly place: Place;
  readonly roomId: string | null;
  readonly state: BookingState;
  readonly keptUntil: Instant | null;
  readonly decidedBy: string | null;
  readonly replanning: Replanning | null;
  readonly movedFrom: readonly EarlierPeriod[];
}

/** What a person did to a booking last, kept so that the same person can take a slip of the hand back for a short while. */
export interface LastDeed {
  readonly userId: string;
  readonly at: Instant;
  /** Null when it was booked. */
  readonly was: Stood | null;
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
  /** Seats of a training session, which schools take until it is full; null when the schools are those that were named. */
  readonly capacity: number | null;
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
  /** Null unless the state is `needs-replanning`. */
  readonly replanning: Replanning | null;
  readonly attendance: readonly Attendance[];
  readonly deliveredAt: Instant | null;
  /** Oldest first; empty for a booking that never moved. */
  readonly movedFrom: readonly EarlierPeriod[];
  /** Null when there is nothing that could be taken back: anything else that happens to a booking ends that. */
  readonly lastDeed: LastDeed | null;
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
  | 'bookings.units-not-whole'
  | 'bookings.no-seats'
  | 'bookings.session-full'
  | 'bookings.already-begun'
  | 'bookings.last-school'
  | 'bookings.leave-by-seats'
  | 'bookings.host-stays'
  | 'bookings.too-late-to-leave'
  | 'bookings.nothing-to-undo'
  | 'bookings.too-late-to-undo';

/** Refuses in this room's words, so that a code that is not in the list does not compile. */
export function refuse(code: BookingsCode, facts: Facts = {}): never {
  throw new DomainError<BookingsCode>(code, facts);
}

/** What is needed to ask for a booking. */
export type NewBooking = Pick<
  Booking,
  'id' | 'collaborationId' | 'agreementId' | 'specialistId' | 'schoolUrns' | 'startsAt' | 'endsAt' | 'requestedBy'
> &
  Partial<Pick<Booking, 'place' | 'roomId' | 'capacity' | 'seriesId' | 'onBehalfOf' | 'keptUntil'>> & {
    /** When it is asked for; without it, or when no person asks, it cannot be taken back as a slip. */
    readonly askedAt?: Instant;
  };
