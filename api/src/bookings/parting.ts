import { Injectable } from '@nestjs/common';
import { giveBack } from '@fairshare/domain/bookings';
import { dateAt, type Instant } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { BookingDeeds } from './booking-deeds.js';
import { BookingStore, type StoredBooking } from './booking-store.js';
import { Replanning } from './replanning.service.js';
import { daysAround, resourcesOf, SlotDesk, unitsFor } from './slot-desk.js';

/** What becomes of a session's units, its rows and its standing when fewer schools share it. */
@Injectable()
export class Parting {
  readonly #deeds: BookingDeeds;
  readonly #desk: SlotDesk;
  readonly #replanning: Replanning;
  readonly #store: BookingStore;

  constructor(deeds: BookingDeeds, desk: SlotDesk, replanning: Replanning, store: BookingStore) {
    this.#deeds = deeds;
    this.#desk = desk;
    this.#replanning = replanning;
    this.#store = store;
  }

  /** The booking as it stands when nobody else can change it or draw on its schools' units. */
  async locked(tx: Tx, { booking }: StoredBooking): Promise<StoredBooking> {
    await this.#desk.lock(tx, booking.agreementId, resourcesOf(booking));
    return this.#deeds.findForChange(tx, booking.collaborationId, booking.id);
  }

  /** `after` names those who stay. Where a school that left stood in its way, it can take place again. */
  async left(tx: Tx, who: Scope, before: StoredBooking, after: StoredBooking, { now, reason }: { readonly now: Instant; readonly reason: string | undefined }): Promise<StoredBooking> {
    await this.#drawAnew(tx, who, after, now);
    await this.#store.keepSchools(tx, after);
    const left = await this.#deeds.changed(tx, who, 'bookings.school-left', before, after, now, reason);
    const [restored] = await this.#replanning.restoreAll(tx, who, [left], now);
    return restored ?? left;
  }

  /** All units go back, and those who stay take the whole between them. @throws `availability.no-entitlement` where one of them has too few. */
  async #drawAnew(tx: Tx, who: Scope, { booking }: StoredBooking, now: Instant): Promise<void> {
    const agreed = await this.#desk.agreed(tx, booking.collaborationId, booking.agreementId, [booking.specialistId]);
    const { zone } = agreed.collaboration;
    const rules = await this.#desk.rules(tx, agreed, { schoolUrns: booking.schoolUrns, ...daysAround(booking, now, zone), specialistIds: [booking.specialistId] });
    const on = dateAt(now, zone);
    const returned = giveBack(await this.#deeds.unitsOf(tx, booking), { bookingId: booking.id, on });
    const desk = await this.#desk.open(tx, rules, booking.schoolUrns, [booking.roomId], returned);
    await this.#deeds.recordUnits(tx, who, booking.collaborationId, [...returned, ...unitsFor(desk, booking, on).entries]);
  }
}
