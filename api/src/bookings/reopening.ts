import { Injectable } from '@nestjs/common';
import type { Booking } from '@fairshare/contract/bookings';
import { giveBack, reopen, type BeforeAnswer } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { dateAt, type Instant } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { assertMayActFor } from './booking-access.js';
import { BookingDeeds } from './booking-deeds.js';
import type { StoredBooking } from './booking-store.js';
import { daysAround, resourcesOf, SlotDesk, unitsFor } from './slot-desk.js';

/** Puts a booking back to where it needed re-planning, its units with it. */
@Injectable()
export class Reopening {
  readonly #deeds: BookingDeeds;
  readonly #desk: SlotDesk;

  constructor(deeds: BookingDeeds, desk: SlotDesk) {
    this.#deeds = deeds;
    this.#desk = desk;
  }

  /** Whose it is comes before what was answered. @throws `bookings.not-your-school` */
  async assertMay(tx: Tx, who: Scope, collaborationId: string, bookingId: string): Promise<void> {
    assertMayActFor(who, (await this.#deeds.find(tx, collaborationId, bookingId)).booking);
  }

  async reopen(
    tx: Tx, who: Scope, { collaborationId, bookingId }: { collaborationId: string; bookingId: string }, answer: { before: BeforeAnswer; sequence: number }, now: Instant,
  ): Promise<Booking> {
    const seen = await this.#deeds.find(tx, collaborationId, bookingId);
    assertMayActFor(who, seen.booking);
    await this.#desk.lock(tx, seen.booking.agreementId, resourcesOf(seen.booking));
    const stands = await this.#deeds.findForChange(tx, collaborationId, bookingId);
    if (stands.booking.sequence !== answer.sequence) throw new DomainError('bookings.changed-since');
    if ((stands.chargeBasisPoints ?? 0) > 0) throw new DomainError('bookings.was-charged');
    const booking = reopen(stands.booking, answer.before);
    await this.#desk.release(tx, [bookingId]);
    await this.#takeUnits(tx, who, stands, booking, now);
    const after = await this.#deeds.changed(tx, who, 'bookings.needs-replanning', stands, { ...stands, booking, chargeBasisPoints: null }, now);
    return this.#deeds.show(tx, who, after);
  }

  /** What it holds goes back, and what it held when it needed re-planning is taken anew. */
  async #takeUnits(tx: Tx, who: Scope, stands: StoredBooking, booking: StoredBooking['booking'], now: Instant): Promise<void> {
    const agreed = await this.#desk.agreed(tx, booking.collaborationId, booking.agreementId);
    const { zone } = agreed.collaboration;
    const on = dateAt(now, zone);
    const returned = giveBack(await this.#deeds.unitsOf(tx, stands.booking), { bookingId: booking.id, on });
    const rules = await this.#desk.rules(tx, agreed, { schoolUrns: booking.schoolUrns, ...daysAround(booking, now, zone), specialistIds: [booking.specialistId], now });
    const desk = await this.#desk.open(tx, rules, booking.schoolUrns, [], returned);
    await this.#deeds.recordUnits(tx, who, booking.collaborationId, [...returned, ...unitsFor(desk, booking, on).entries]);
  }
}
