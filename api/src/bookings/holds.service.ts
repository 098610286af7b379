import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Booking } from '@fairshare/contract/bookings';
import { decline, expire, letGo, requestHeld, type Booking as Kept } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { dateAt, isoOf, type Instant } from '@fairshare/domain/kernel/zone';
import { systemScope, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { jobKind, Jobs } from '../platform/jobs.js';
import { assertMayActFor } from './booking-access.js';
import { BookingDeeds } from './booking-deeds.js';
import type { StoredBooking } from './booking-store.js';
import { daysAround, resourcesOf, SlotDesk, unitsFor, wantedOf } from './slot-desk.js';

const clearAway = jobKind('bookings.clear-what-ran-out');
/** What runs out is free at once; clearing it away, and telling who waited, may take so long. */
const everySeconds = 30;

/** What becomes of a hold: the booking it was for, or nothing. */
@Injectable()
export class Holds implements OnModuleInit {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #deeds: BookingDeeds;
  readonly #desk: SlotDesk;
  readonly #jobs: Jobs;

  constructor(clock: Clock, database: Database, deeds: BookingDeeds, desk: SlotDesk, jobs: Jobs) {
    this.#clock = clock;
    this.#database = database;
    this.#deeds = deeds;
    this.#desk = desk;
    this.#jobs = jobs;
  }

  onModuleInit(): void {
    this.#jobs.every(everySeconds, clearAway, () => this.clearAway());
  }

  /** Confirming twice is the same as once. @throws `bookings.hold-expired`, or why it is no slot any more */
  confirm(who: Scope, collaborationId: string, bookingId: string): Promise<Booking> {
    const work = async (tx: Tx): Promise<Booking> => {
      const before = await this.#locked(tx, who, collaborationId, bookingId);
      if (before.booking.state === 'confirmed' || before.booking.state === 'requested') return this.#deeds.show(tx, who, before);
      return this.#deeds.show(tx, who, await this.#confirmed(tx, who, before, this.#clock.now().getTime()));
    };
    return this.#desk.explained(this.#database, who, () => this.#database.write(who, work));
  }

  /** Lets a hold of one's own go, as if it had run out; doing so twice is the same as once. @throws `bookings.wrong-state` for what is no hold */
  release(who: Scope, collaborationId: string, bookingId: string): Promise<Booking> {
    return this.#end(who, collaborationId, bookingId, letGo);
  }

  /** Says no to time that was kept as an offer. */
  decline(who: Scope, collaborationId: string, bookingId: string): Promise<Booking> {
    return this.#end(who, collaborationId, bookingId, (held) => decline(held, { userId: who.userId ?? '' }));
  }

  #end(who: Scope, collaborationId: string, bookingId: string, end: (held: Kept) => Kept): Promise<Booking> {
    return this.#database.write(who, async (tx) => {
      const before = await this.#locked(tx, who, collaborationId, bookingId);
      const { state } = before.booking;
      if (state === 'declined' || state === 'expired') return this.#deeds.show(tx, who, before);
      if (state !== 'held') throw new DomainError('bookings.wrong-state', { bookingId, state });
      await this.#desk.release(tx, [bookingId]);
      const after = { ...before, booking: end(before.booking) };
      return this.#deeds.show(tx, who, await this.#deeds.changed(tx, who, 'bookings.hold-released', before, after, this.#clock.now().getTime()));
    });
  }

  /** Holds and requests that nobody decided in time give up what they keep, in whatever collaboration. */
  async clearAway(): Promise<void> {
    const now = this.#clock.now().getTime();
    const due = await this.#database.read(systemScope(), (tx) =>
      sql<{ collaborationId: string; id: string }>(
        tx,
        `select collaboration_id as "collaborationId", id from booking where kept_until <= $1 and state in ('held', 'requested') order by kept_until limit 500`,
        [isoOf(now)],
      ),
    );
    for (const { collaborationId, id } of due) {
      const house = systemScope([collaborationId]);
      await this.#database.write(house, (tx) => this.#expired(tx, house, collaborationId, id, now));
    }
  }

  async #confirmed(tx: Tx, who: Scope, before: StoredBooking, now: Instant): Promise<StoredBooking> {
    const agreed = await this.#desk.agreed(tx, before.booking.collaborationId, before.booking.agreementId);
    const booking = requestHeld(before.booking, { needsApproval: agreed.agreement.needsApproval, now, keptUntil: before.booking.startsAt, ...(who.userId ? { userId: who.userId } : {}) });
    const { zone } = agreed.collaboration;
    const rules = await this.#desk.rules(tx, agreed, { schoolUrns: booking.schoolUrns, ...daysAround(booking, now, zone), specialistIds: [booking.specialistId], now });
    const desk = await this.#desk.open(tx, rules, booking.schoolUrns, [booking.roomId]);
    this.#desk.assertSlot(desk, wantedOf(booking));
    await this.#desk.keep(tx, booking.id);
    await this.#deeds.recordUnits(tx, who, booking.collaborationId, unitsFor(desk, booking, dateAt(now, zone)).entries);
    return this.#deeds.changed(tx, who, booking.state === 'requested' ? 'bookings.requested' : 'bookings.confirmed', before, { ...before, booking }, now);
  }

  async #expired(tx: Tx, house: Scope, collaborationId: string, id: string, now: Instant): Promise<void> {
    const before = await this.#locked(tx, house, collaborationId, id);
    if (before.booking.state !== 'held' && before.booking.state !== 'requested') return;
    const booking = expire(before.booking, now);
    if (booking === before.booking) return;
    await this.#desk.release(tx, [id]);
    await this.#deeds.giveAllBack(tx, house, before, now);
    await this.#deeds.changed(tx, house, 'bookings.expired', before, { ...before, booking }, now);
  }

  async #locked(tx: Tx, who: Scope, collaborationId: string, bookingId: string): Promise<StoredBooking> {
    const { booking } = await this.#deeds.find(tx, collaborationId, bookingId);
    assertMayActFor(who, booking);
    await this.#desk.lock(tx, booking.agreementId, resourcesOf(booking));
    return this.#deeds.findForChange(tx, collaborationId, bookingId);
  }
}
