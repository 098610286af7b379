import { Injectable } from '@nestjs/common';
import type { Undone } from '@fairshare/contract/bookings';
import { occupiesTime, undo } from '@fairshare/domain/bookings';
import { dateAt, type Instant } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { assertMayActFor } from './booking-access.js';
import { BookingDeeds } from './booking-deeds.js';
import { BookingStore, type StoredBooking } from './booking-store.js';
import { daysAround, resourcesOf, SlotDesk, unitsFor, wantedOf } from './slot-desk.js';

/** A slip of the hand: what one has just booked or moved is taken back as if it had not happened, of a series all of it. */
@Injectable()
export class UndoService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #deeds: BookingDeeds;
  readonly #desk: SlotDesk;
  readonly #store: BookingStore;

  constructor(clock: Clock, database: Database, deeds: BookingDeeds, desk: SlotDesk, store: BookingStore) {
    this.#clock = clock;
    this.#database = database;
    this.#deeds = deeds;
    this.#desk = desk;
    this.#store = store;
  }

  /** @throws `bookings.nothing-to-undo`, `bookings.too-late-to-undo`, or why it cannot stand again where it stood. */
  undo(who: Scope, collaborationId: string, bookingId: string): Promise<Undone> {
    const work = async (tx: Tx): Promise<Undone> => {
      const now = this.#clock.now().getTime();
      const seen = await this.#together(tx, who, collaborationId, bookingId);
      await this.#lock(tx, seen);
      const stand: StoredBooking[] = [];
      for (const { booking } of seen) stand.push(await this.#deeds.findForChange(tx, collaborationId, booking.id));
      const undone = stand.map((before) => ({ before, booking: undo(before.booking, { userId: who.userId ?? '', now }) }));
      // All give up before any takes its earlier place again, so that sessions that went along each other's places find them free.
      await this.#desk.release(tx, undone.map(({ booking }) => booking.id));
      for (const { before } of undone) await this.#deeds.giveAllBack(tx, who, before, now);
      for (const { before, booking } of undone) {
        if (booking.state !== 'cancelled') await this.#standAgain(tx, who, booking, now);
        const chargeBasisPoints = booking.state === 'cancelled' ? 0 : before.chargeBasisPoints;
        await this.#deeds.changed(tx, who, 'bookings.undone', before, { ...before, booking, chargeBasisPoints }, now);
      }
      return { ...(await this.#deeds.show(tx, who, await this.#deeds.find(tx, collaborationId, bookingId))), undone: undone.length };
    };
    return this.#desk.explained(this.#database, who, () => this.#database.write(who, work));
  }

  /** The booking and what was done with it in the same moment by the same person. */
  async #together(tx: Tx, who: Scope, collaborationId: string, bookingId: string): Promise<StoredBooking[]> {
    const one = await this.#store.one(tx, collaborationId, bookingId);
    assertMayActFor(who, one.booking);
    const { seriesId, lastDeed } = one.booking;
    if (!seriesId || !lastDeed) return [one];
    const series = await this.#store.where(tx, 'b.series_id = $2 and b.last_deed is not null order by b.starts_at', [collaborationId, seriesId]);
    return series.filter(({ booking }) => booking.lastDeed?.at === lastDeed.at && booking.lastDeed.userId === lastDeed.userId);
  }

  async #lock(tx: Tx, seen: readonly StoredBooking[]): Promise<void> {
    const all = seen.flatMap(({ booking }) => [resourcesOf(booking), resourcesOf({ ...booking, ...booking.lastDeed?.was })]);
    await this.#desk.lock(tx, seen[0]?.booking.agreementId ?? '', {
      specialistIds: all.flatMap((one) => one.specialistIds), schoolUrns: all.flatMap((one) => one.schoolUrns), roomIds: all.flatMap((one) => one.roomIds),
    });
  }

  /** It was asked for in time when it first stood there: only what others took since then stands in its way. */
  async #standAgain(tx: Tx, who: Scope, booking: StoredBooking['booking'], now: Instant): Promise<void> {
    const agreed = await this.#desk.agreed(tx, booking.collaborationId, booking.agreementId, [booking.specialistId]);
    const { zone } = agreed.collaboration;
    const rules = await this.#desk.rules(tx, agreed, { schoolUrns: booking.schoolUrns, ...daysAround(booking, now, zone), specialistIds: [booking.specialistId], now });
    const desk = await this.#desk.open(tx, rules, booking.schoolUrns, [booking.roomId]);
    if (occupiesTime(booking)) {
      this.#desk.assertStillStands(desk, wantedOf(booking));
      await this.#desk.take(tx, [booking], rules.agreement.terms);
    }
    if (booking.state !== 'held') await this.#deeds.recordUnits(tx, who, booking.collaborationId, unitsFor(desk, booking, dateAt(now, zone)).entries);
  }
}
