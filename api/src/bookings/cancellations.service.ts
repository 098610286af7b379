import { Injectable } from '@nestjs/common';
import type { Booking, CancelBooking, CancellationCost } from '@fairshare/contract/bookings';
import { cancel, type CancellationOutcome } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { isoOf } from '@fairshare/domain/kernel/zone';
import { isSpecialistOnly } from '../availability/diary.js';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import type { Also } from './booking-changes.service.js';
import { BookingDeeds } from './booking-deeds.js';
import type { StoredBooking } from './booking-store.js';
import { CancellationLook, type Giver } from './cancellation-look.js';
import { resourcesOf, SlotDesk } from './slot-desk.js';

export type Cancelled = Booking & { costs: CancellationCost[] };

/** Giving up bookings: by a school, by the specialist, or for a common reason. */
@Injectable()
export class Cancellations {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #deeds: BookingDeeds;
  readonly #desk: SlotDesk;
  readonly #look: CancellationLook;

  constructor(clock: Clock, database: Database, deeds: BookingDeeds, desk: SlotDesk, look: CancellationLook) {
    this.#clock = clock;
    this.#database = database;
    this.#deeds = deeds;
    this.#desk = desk;
    this.#look = look;
  }

  /** What it would cost by the agreement's bands, without doing it. */
  dryRun(who: Scope, collaborationId: string, bookingId: string, wanted: CancelBooking): Promise<Cancelled> {
    return this.#database.read(who, async (tx) => {
      const now = this.#clock.now().getTime();
      const all = await this.#look.toCancel(tx, who, collaborationId, bookingId, wanted.which);
      const costs: CancellationCost[] = [];
      for (const one of all) costs.push(costOf(one, await this.#look.outcome(tx, one, giverOf(who, one, wanted), now)));
      return this.#shown(tx, who, collaborationId, bookingId, costs);
    });
  }

  cancel(who: Scope, collaborationId: string, bookingId: string, wanted: CancelBooking, also?: Also): Promise<Cancelled> {
    return this.#database.write(who, async (tx) => {
      const seen = await this.#look.toCancel(tx, who, collaborationId, bookingId, wanted.which);
      const [first] = seen;
      if (first) {
        const all = seen.map(({ booking }) => resourcesOf(booking));
        await this.#desk.lock(tx, first.booking.agreementId, {
          specialistIds: all.flatMap((one) => one.specialistIds), schoolUrns: all.flatMap((one) => one.schoolUrns), roomIds: all.flatMap((one) => one.roomIds),
        });
      }
      const costs: CancellationCost[] = [];
      for (const { booking } of seen) {
        const before = await this.#deeds.findForChange(tx, collaborationId, booking.id);
        const cost = await this.#cancelOne(tx, who, before, wanted);
        if (!cost) continue;
        costs.push(cost);
        await also?.(tx, before, await this.#deeds.find(tx, collaborationId, booking.id));
      }
      return this.#shown(tx, who, collaborationId, bookingId, costs);
    });
  }

  async #cancelOne(tx: Tx, who: Scope, before: StoredBooking, wanted: CancelBooking): Promise<CancellationCost | null> {
    const now = this.#clock.now().getTime();
    const giver = giverOf(who, before, wanted);
    const booking = cancel(before.booking, { by: giver.party, schoolUrn: giver.schoolUrn, userId: who.userId ?? '', reason: wanted.reason, at: now });
    if (booking === before.booking) return null;
    const outcome = await this.#look.outcome(tx, before, giver, now);
    await this.#desk.release(tx, [booking.id]);
    await this.#deeds.giveBack(tx, who, before, now, { keepBasisPoints: outcome.chargeBasisPoints, keptBy: outcome.borneBy });
    const after = await this.#deeds.changed(tx, who, 'bookings.cancelled', before, { ...before, booking, chargeBasisPoints: outcome.chargeBasisPoints }, now);
    if (giver.party === 'specialist') await this.#deeds.tellWithdrawn(tx, who, after, now);
    else if (outcome.chargeBasisPoints > 0) await this.#deeds.tellCancelledLate(tx, who, after, outcome.chargeBasisPoints, outcome.borneBy, now);
    return costOf(after, outcome);
  }

  async #shown(tx: Tx, who: Scope, collaborationId: string, bookingId: string, costs: CancellationCost[]): Promise<Cancelled> {
    return { ...(await this.#deeds.show(tx, who, await this.#deeds.find(tx, collaborationId, bookingId))), costs };
  }
}

/** Somebody who acts for everybody cancels for the one school it concerns, or, when several are concerned, for all of them. */
function giverOf(who: Scope, { booking }: StoredBooking, wanted: CancelBooking): Giver {
  if (isSpecialistOnly(who)) return { party: 'specialist', schoolUrn: null };
  const actsForAll = who.schoolUrns === 'all';
  if (wanted.common && !actsForAll) throw new DomainError('identity.not-allowed');
  if (wanted.common || (actsForAll && booking.schoolUrns.length > 1)) return { party: 'common', schoolUrn: null };
  const own = booking.schoolUrns.find((urn) => actsForAll || who.schoolUrns.includes(urn));
  return { party: 'school', schoolUrn: own ?? null };
}

function costOf({ booking }: StoredBooking, outcome: CancellationOutcome): CancellationCost {
  return { bookingId: booking.id, startsAt: isoOf(booking.startsAt), chargeBasisPoints: outcome.chargeBasisPoints, workingDays: outcome.workingDays, borneBy: [...outcome.borneBy] };
}
