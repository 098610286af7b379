import { Injectable } from '@nestjs/common';
import { alternatives, findSlots, type Slot } from '@fairshare/domain/availability';
import { giveBack } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { dateAt, isoOf, msPerMinute, type Instant, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { assertMaySee } from './booking-access.js';
import { BookingStore, type StoredBooking } from './booking-store.js';
import { EntitlementLedger } from './entitlement-ledger.js';
import { daysAround, SlotDesk, wantedOf } from './slot-desk.js';

const mostProposals = 5;

/** Finds what still stands, and what would do instead of what does not. */
@Injectable()
export class ProposalLook {
  readonly #desk: SlotDesk;
  readonly #entitlement: EntitlementLedger;
  readonly #store: BookingStore;

  constructor(desk: SlotDesk, entitlement: EntitlementLedger, store: BookingStore) {
    this.#desk = desk;
    this.#entitlement = entitlement;
    this.#store = store;
  }

  standing(tx: Tx, collaborationId: string, period: InstantPeriod): Promise<StoredBooking[]> {
    return this.#store.where(tx, `b.state in ('requested', 'confirmed') and b.starts_at >= $2 and b.starts_at < $3 order by b.starts_at, b.id`, [
      collaborationId, isoOf(period.startsAt), isoOf(Math.max(period.startsAt, period.endsAt)),
    ]);
  }

  async proposals(tx: Tx, who: Scope, collaborationId: string, bookingId: string, now: Instant): Promise<Slot[]> {
    const { booking } = await this.#store.one(tx, collaborationId, bookingId);
    assertMaySee(who, booking);
    if (booking.state !== 'needs-replanning') throw new DomainError('bookings.nothing-to-plan');
    const agreed = await this.#desk.agreed(tx, collaborationId, booking.agreementId);
    const rules = await this.#desk.rules(tx, agreed, { schoolUrns: booking.schoolUrns, ...daysAround(booking, now, agreed.collaboration.zone), now });
    // Its own units go along with it: with the last of them taken it is not left without a proposal.
    const held = giveBack(await this.#entitlement.linesOf(tx, collaborationId, bookingId), { bookingId, on: dateAt(now, agreed.collaboration.zone) });
    const { input } = await this.#desk.open(tx, rules, booking.schoolUrns, [booking.roomId], held);
    const wanted = wantedOf(booking);
    const { slots } = findSlots(input, { ...wanted, from: booking.startsAt, to: booking.endsAt, minutes: (booking.endsAt - booking.startsAt) / msPerMinute });
    const seen = new Map([...slots, ...alternatives(input, wanted, mostProposals)].map((slot) => [`${slot.specialistId} ${slot.startsAt}`, slot]));
    return [...seen.values()].slice(0, mostProposals);
  }
}
