import type { DateOnly, DatePeriod } from '../kernel/period.js';
import type { Instant, InstantPeriod } from '../kernel/zone.js';
import type { SchoolCalendar } from './school-calendar.js';
import type { TravelTable } from './travel.js';
import type { EntitlementUnit, HalfDay } from './units.js';

/** Where a session is held: at a school's site, or nowhere (by video or telephone). */
export type Place = { readonly schoolUrn: string } | { readonly remote: true };

/** When a specialist works, by weekday. Several patterns of one specialist add up. */
export interface WorkingPattern {
  readonly specialistId: string;
  /** The first day on which the pattern holds. */
  readonly validFrom: DateOnly;
  /** The last day on which it holds; null while no end is known. */
  readonly validTo: DateOnly | null;
  /** 1 for every week, 2 for alternate weeks. */
  readonly everyWeeks: 1 | 2;
  /** Any date of a week in which an alternate pattern is worked; not read when it is worked every week. */
  readonly anchorOn: DateOnly | null;
  /** Worked in term only: in the terms of `termCalendar`, or, without one, of the host school. */
  readonly termTimeOnly: boolean;
  readonly periods: readonly WorkingPeriod[];
}

/** A stretch of one weekday in wall minutes since midnight, 0 to 1440; the end does not belong to it. */
export interface WorkingPeriod {
  /** 1 is Monday and 7 is Sunday. */
  readonly weekday: number;
  readonly startMinute: number;
  readonly endMinute: number;
}

/** An exception that takes a specialist's time away. It wins over extra time. */
export interface Absence extends InstantPeriod {
  readonly specialistId: string;
}

/** An exception that adds time to a specialist's pattern, in term or out of it. */
export interface ExtraTime extends InstantPeriod {
  readonly specialistId: string;
}

/** Evidence that a specialist may work. Its last valid day is `expiresOn`; null when it never expires. */
export interface CredentialHeld {
  readonly specialistId: string;
  /** For example `hcpc-registration`, `dbs-letter-of-assurance`, `insurance`. */
  readonly type: string;
  readonly validFrom?: DateOnly | null;
  readonly expiresOn: DateOnly | null;
}

/** Time of a specialist or a room that something occupies already. It does not say who took it. */
export interface TakenTime extends InstantPeriod {
  /** The specialist's or the room's id. */
  readonly resourceId: string;
  /** Null when it is not ours to know: travel is then the default minutes either way. */
  readonly place: Place | null;
  /** Minutes kept free before it (setting up) and after it (writing up); travel comes on top. */
  readonly beforeMinutes?: number;
  readonly afterMinutes?: number;
  /** Only within one's own collaboration; lets a booking that moves ignore itself. */
  readonly bookingId?: string | null;
}

/** A school's part in the agreement; both days belong to it and a null end is open. */
export interface SubscriptionTerm {
  readonly schoolUrn: string;
  readonly from: DateOnly;
  readonly until: DateOnly | null;
}

/** Hours are elapsed hours; days are wall days: with 2 days, on Monday the first day on offer is Wednesday. */
export type MinimumNotice = { readonly hours: number } | { readonly days: number };

/** What an agreement says about time. */
export interface AgreementTerms {
  readonly agreementId: string;
  /** In force on these days, both ends included. */
  readonly term: DatePeriod;
  readonly subscriptions: readonly SubscriptionTerm[];
  readonly minimumNotice: MinimumNotice;
  /** How many wall days ahead one may book; 0 is today only. */
  readonly horizonDays: number;
  /** Lengths on offer; empty when any length is. See `lengthIsOnOffer`. */
  readonly lengthsMinutes: readonly number[];
  /** Minutes between two starts, counted from where the specialist's work begins; null when sessions begin only where a half day begins. */
  readonly stepMinutes: number | null;
  readonly morning: HalfDay;
  readonly afternoon: HalfDay;
  /** Sessions for staff may be on INSET days. */
  readonly forStaff: boolean;
  /** Time beyond the entitlement may be booked at the price list's rate. */
  readonly payAsYouGo: boolean;
  /** What entitlement is counted in. */
  readonly unit: EntitlementUnit;
  /** Types a specialist must hold; null asks for every type that is on record for the specialist. */
  readonly requiredCredentials: readonly string[] | null;
  /** Minutes the specialist needs free before and after each session; 0 unless set. */
  readonly beforeMinutes?: number;
  readonly afterMinutes?: number;
}

/** What is left of a school's entitlement in one period, in thousandths of the agreement's unit. */
export interface EntitlementLeft {
  readonly schoolUrn: string;
  readonly period: DatePeriod;
  readonly leftMilliunits: number;
}

/**
 * Everything the rules look at, as plain rows in any order. It is indexed once and the index is kept
 * with the object: make a new object when a row changes, never change one in place.
 */
export interface AvailabilityInput {
  /** IANA zone of the collaboration, for example `Europe/London`. */
  readonly zone: string;
  readonly now: Instant;
  /** The span for which absences, extra time and time taken were loaded. Nothing outside it is ever offered. Load a day more than is asked for on both sides, for travel. */
  readonly loaded: InstantPeriod;
  readonly agreement: AgreementTerms;
  /** Who may be offered: the agreement's specialists. */
  readonly specialistIds: readonly string[];
  readonly patterns: readonly WorkingPattern[];
  readonly absences: readonly Absence[];
  readonly extraTime: readonly ExtraTime[];
  readonly credentials: readonly CredentialHeld[];
  /** Of the specialists and, where a room is asked for, of the room. */
  readonly taken: readonly TakenTime[];
  /** Resolved calendars of every school that is asked for. */
  readonly calendars: readonly SchoolCalendar[];
  /** The terms that bound term-time-only patterns, usually the local authority's. */
  readonly termCalendar?: SchoolCalendar | null;
  readonly travel: TravelTable;
  readonly entitlements: readonly EntitlementLeft[];
}

/** Who and what a slot is for. */
interface Asked {
  /** Several for a joint booking. */
  readonly schoolUrns: readonly string[];
  /** Left out, it is at the first school named. */
  readonly place?: Place;
  readonly roomId?: string | null;
  /** The booking that is being moved or approved: its own time does not stand in its way. */
  readonly ignoringBookingId?: string | null;
}

/** `from` and `to` are instants; slots begin and end within them. */
export interface SlotRequest extends Asked {
  readonly from: Instant;
  readonly to: Instant;
  readonly minutes: number;
  /** Left out, all of the input's specialists. */
  readonly specialistIds?: readonly string[];
  readonly explain?: boolean;
}

/** A period somebody asks for by name. */
export interface WantedPeriod extends Asked, InstantPeriod {
  readonly specialistId: string;
  /** Other periods asked for in the same breath (a series): they occupy time and take entitlement. */
  readonly alongside?: readonly InstantPeriod[];
}

/** A period that a school could book. */
export interface Slot extends InstantPeriod {
  readonly specialistId: string;
}
