import { Injectable } from '@nestjs/common';
import type { Booking, NewBooking, Place } from '@fairshare/contract/bookings';
import { giveBack, type EntitlementEntry } from '@fairshare/domain/bookings';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { dateAt, msPerMinute, type Instant } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { Events } from '../platform/events.js';
import { BookingRecorder } from './booking-recorder.js';
import { BookingStore, type StoredBooking } from './booking-store.js';
import { BookingViews } from './booking-views.js';
import { bookingCancelledLate, bookingDelivered, bookingNotDelivered, bookingWithdrawn, type BookingTold } from './bookings.news.js';
import { EntitlementLedger } from './entitlement-ledger.js';

/** What the ways of changing a booking have in common: finding it, giving units back, telling the other rooms. */
@Injectable()
export class BookingDeeds {
  readonly #entitlement: EntitlementLedger;
  readonly #events: Events;
  readonly #recorder: BookingRecorder;
  readonly #store: BookingStore;
  readonly #views: BookingViews;

  constructor(entitlement: EntitlementLedger, events: Events, recorder: BookingRecorder, store: BookingStore, views: BookingViews) {
    this.#entitlement = entitlement;
    this.#events = events;
    this.#recorder = recorder;
    this.#store = store;
    this.#views = views;
  }

  find(tx: Tx, collaborationId: string, bookingId: string): Promise<StoredBooking> {
    return this.#store.one(tx, collaborationId, bookingId);
  }

  findForChange(tx: Tx, collaborationId: string, bookingId: string): Promise<StoredBooking> {
    return this.#store.one(tx, collaborationId, bookingId, { forUpdate: true });
  }

  /** How many sessions were asked for at once: those of its series that are asked for or stand, else the one. */
  sessionsAskedWith(tx: Tx, booking: Pick<StoredBooking['booking'], 'collaborationId' | 'seriesId'>): Promise<number> {
    return booking.seriesId ? this.#store.sessionsOfSeries(tx, booking.collaborationId, booking.seriesId) : Promise.resolve(1);
  }

  show(tx: Tx, who: Scope, stored: StoredBooking): Promise<Booking> {
    return this.#views.one(tx, who, stored);
  }

  changed(tx: Tx, who: Scope, action: string, before: StoredBooking, after: StoredBooking, now: Instant, reason?: string): Promise<StoredBooking> {
    return this.#recorder.changed(tx, who, { action, reason }, before, after, now);
  }

  assertPlaces(tx: Tx, wanted: { collaborationId: string; place: Place; roomId: string | null; schoolUrns: NewBooking['schoolUrns'] }, on: DateOnly): Promise<void> {
    return this.#recorder.assertPlaces(tx, wanted.collaborationId, wanted, on);
  }

  /** The lines of the entitlement ledger that a booking made. */
  unitsOf(tx: Tx, booking: { collaborationId: string; id: string }): Promise<EntitlementEntry[]> {
    return this.#entitlement.linesOf(tx, booking.collaborationId, booking.id);
  }

  recordUnits(tx: Tx, who: Scope, collaborationId: string, entries: readonly EntitlementEntry[]): Promise<void> {
    return this.#entitlement.record(tx, who, collaborationId, entries);
  }

  /** Everything the booking still holds goes back to the periods it came from. */
  giveAllBack(tx: Tx, who: Scope, stored: StoredBooking, now: Instant): Promise<void> {
    return this.giveBack(tx, who, stored, now, { keepBasisPoints: 0, keptBy: [] });
  }

  /** A late cancellation keeps its band's part of the units of those who bear it. */
  async giveBack(tx: Tx, who: Scope, { booking }: StoredBooking, now: Instant, late: { keepBasisPoints: number; keptBy: readonly string[] }): Promise<void> {
    const held = await this.#entitlement.linesOf(tx, booking.collaborationId, booking.id);
    const on = dateAt(now);
    const back = booking.schoolUrns.flatMap((urn) =>
      giveBack(held.filter((entry) => entry.schoolUrn === urn), { bookingId: booking.id, on, keepBasisPoints: late.keptBy.includes(urn) ? late.keepBasisPoints : 0 }),
    );
    await this.#entitlement.record(tx, who, booking.collaborationId, back);
  }

  async tellDelivered(tx: Tx, who: Scope, stored: StoredBooking, at: Instant): Promise<void> {
    await this.#events.tell(tx, who, bookingDelivered, { ...(await this.#told(tx, stored)), deliveredOn: dateAt(at) });
  }

  async tellCancelledLate(tx: Tx, who: Scope, stored: StoredBooking, chargedBasisPoints: number, cancelledByUrns: readonly string[], at: Instant): Promise<void> {
    await this.#events.tell(tx, who, bookingCancelledLate, { ...(await this.#told(tx, stored)), cancelledOn: dateAt(at), cancelledByUrns, chargedBasisPoints });
  }

  async tellWithdrawn(tx: Tx, who: Scope, stored: StoredBooking, at: Instant): Promise<void> {
    await this.#events.tell(tx, who, bookingWithdrawn, { ...(await this.#told(tx, stored)), withdrawnOn: dateAt(at) });
  }

  async tellNotDelivered(tx: Tx, who: Scope, stored: StoredBooking, at: Instant): Promise<void> {
    await this.#events.tell(tx, who, bookingNotDelivered, { ...(await this.#told(tx, stored)), decidedOn: dateAt(at) });
  }

  async #told(tx: Tx, { booking, orderedOn }: StoredBooking): Promise<BookingTold> {
    const units = await this.#entitlement.ofBookings(tx, booking.collaborationId, [booking.id]);
    const coveredUrns = booking.schoolUrns.filter((urn) => units.some((one) => one.urn === urn && one.milliunits > 0));
    const attended = new Map(booking.attendance.map((one) => [one.schoolUrn, one.minutes]));
    const whole = Math.round((booking.endsAt - booking.startsAt) / msPerMinute);
    return {
      collaborationId: booking.collaborationId,
      bookingId: booking.id,
      agreementId: booking.agreementId,
      specialistId: booking.specialistId,
      startsAt: booking.startsAt,
      endsAt: booking.endsAt,
      schools: booking.schoolUrns.map((urn) => ({ urn, minutes: attended.get(urn) ?? whole })),
      orderedOn,
      coveredByEntitlement: coveredUrns.length === booking.schoolUrns.length,
      coveredUrns,
      milliunits: units.reduce((sum, one) => sum + one.milliunits, 0),
    };
  }
}
