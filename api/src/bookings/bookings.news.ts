import type { Booking } from '@fairshare/domain/bookings';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { InstantPeriod } from '@fairshare/domain/kernel/zone';
import { news } from '../platform/events.js';

/** What every listener needs to know of a booking; instants are milliseconds since 1970 in UTC. */
export interface BookingTold extends InstantPeriod {
  readonly collaborationId: string;
  readonly bookingId: string;
  readonly agreementId: string;
  readonly specialistId: string;
  /** For each school how long its people were there (before delivery: the whole length), host first. */
  readonly schools: readonly { readonly urn: string; readonly minutes: number }[];
  /** The day it was booked: where the agreement says so, the price of that day holds. */
  readonly orderedOn: DateOnly;
  /** True when units bought in advance cover every school's part. */
  readonly coveredByEntitlement: boolean;
  /** The schools whose part is covered. */
  readonly coveredUrns: readonly string[];
  /** What was taken from entitlement in all, in thousandths of the agreement's unit. */
  readonly milliunits: number;
}

export interface BookingDelivered extends BookingTold {
  readonly deliveredOn: DateOnly;
}

export interface BookingCancelledLate extends BookingTold {
  readonly cancelledOn: DateOnly;
  /** The schools that bear the charge: the one that cancelled, or all of them when the reason is common. */
  readonly cancelledByUrns: readonly string[];
  /** The part of the price that the agreement's band charges; 10,000 is all of it. */
  readonly chargedBasisPoints: number;
}

export interface BookingWithdrawn extends BookingTold {
  readonly withdrawnOn: DateOnly;
}

/** A school objected to what was said to be delivered, and was upheld. */
export interface BookingNotDelivered extends BookingTold {
  readonly decidedOn: DateOnly;
}

/** Made together: one booking, or a series in time order. */
export interface BookingsMade {
  readonly bookings: readonly Booking[];
}

export interface BookingChanged {
  readonly before: Booking;
  readonly after: Booking;
}

/** Bookings were made: held, requested or confirmed. */
export const bookingsMade = news<BookingsMade>('bookings.made');
/** Something about a booking is no longer as it was. */
export const bookingChanged = news<BookingChanged>('bookings.changed');
/** The specialist has said that it happened. */
export const bookingDelivered = news<BookingDelivered>('bookings.delivered');
/** A school gave it up too late to be free. */
export const bookingCancelledLate = news<BookingCancelledLate>('bookings.cancelled-late');
/** The specialist gave it up: never charged, and what was charged is credited. */
export const bookingWithdrawn = news<BookingWithdrawn>('bookings.withdrawn');
/** It did not happen as was said: what was charged is credited. */
export const bookingNotDelivered = news<BookingNotDelivered>('bookings.not-delivered');
