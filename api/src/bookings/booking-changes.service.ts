import { Injectable } from '@nestjs/common';
import type { Booking, BookingAction, DeliverBooking, MoveBooking } from '@fairshare/contract/bookings';
import { approve, decline, deliver, giveBack, move, type EntitlementEntry } from '@fairshare/domain/bookings';
import { milliunitsOf } from '@fairshare/domain/availability';
import { dateAt, type Instant } from '@fairshare/domain/kernel/zone';
import { priceOfSession, priceOn } from '@fairshare/domain/procurement';
import type { Rules } from '../availability/availability.service.js';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { assertMayActFor } from './booking-access.js';
import { BookingDeeds } from './booking-deeds.js';
import type { StoredBooking } from './booking-store.js';
import { daysAround, resourcesOf, SlotDesk, unitsFor, wantedOf } from './slot-desk.js';
import { assertOffered, periodWanted } from './wanted-booking.js';

/** What happens to a booking after it was made. Doing a thing twice is the same as doing it once. */
@Injectable()
export class BookingChanges {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #deeds: BookingDeeds;
  readonly #desk: SlotDesk;

  constructor(clock: Clock, database: Database, deeds: BookingDeeds, desk: SlotDesk) {
    this.#clock = clock;
    this.#database = database;
    this.#deeds = deeds;
    this.#desk = desk;
  }

  approve(who: Scope, collaborationId: string, bookingId: string): Promise<Booking> {
    return this.#change(who, collaborationId, bookingId, 'approve', async (tx, before, now) => {
      const agreed = await this.#desk.agreed(tx, collaborationId, before.booking.agreementId);
      const booking = approve(before.booking, { userId: who.userId ?? '', aboveLimit: isAboveLimit(agreed, before), now });
      if (booking === before.booking) return before;
      const rules = await this.#desk.rules(tx, agreed, { schoolUrns: booking.schoolUrns, ...daysAround(booking, now, agreed.collaboration.zone), specialistIds: [booking.specialistId] });
      const desk = await this.#desk.open(tx, rules, booking.schoolUrns, booking.roomId);
      await this.#desk.assertStillStands(tx, desk, wantedOf(booking));
      return this.#deeds.changed(tx, who, 'bookings.approved', before, { ...before, booking }, now);
    });
  }

  /** @param reason is kept in the trail, beside who declined. */
  decline(who: Scope, collaborationId: string, bookingId: string, reason?: string): Promise<Booking> {
    return this.#change(who, collaborationId, bookingId, 'decline', async (tx, before, now) => {
      const booking = decline(before.booking, { userId: who.userId ?? '' });
      if (booking === before.booking) return before;
      await this.#desk.release(tx, [bookingId]);
      await this.#deeds.giveAllBack(tx, who, before, now);
      return this.#deeds.changed(tx, who, 'bookings.declined', before, { ...before, booking }, now, reason);
    });
  }

  /** To another time, specialist or place; the units go back and are taken anew where the session costs or dates differ. */
  move(who: Scope, collaborationId: string, bookingId: string, to: MoveBooking): Promise<Booking> {
    const alsoLock = { specialistIds: to.specialistId ? [to.specialistId] : [], roomIds: [to.roomId ?? null] };
    const act = async (tx: Tx, before: StoredBooking, now: Instant): Promise<StoredBooking> => {
      const agreed = await this.#desk.agreed(tx, collaborationId, before.booking.agreementId);
      const period = periodWanted(to, agreed.collaboration.zone);
      const { specialistId, place, roomId } = to;
      const booking = move(before.booking, { ...period, ...(specialistId ? { specialistId } : {}), ...(place ? { place } : {}), ...(roomId === undefined ? {} : { roomId }) }, { party: partyOf(who, before), now });
      if (booking === before.booking) return before;
      await this.#deeds.assertPlaces(tx, { ...booking, schoolUrns: [...booking.schoolUrns] }, dateAt(booking.startsAt, agreed.collaboration.zone));
      const rules = await this.#desk.rules(tx, agreed, { schoolUrns: booking.schoolUrns, ...daysAround(booking, now, agreed.collaboration.zone), specialistIds: [booking.specialistId] });
      assertOffered(agreed.agreement, booking.specialistId, period);
      return this.#moved(tx, who, rules, before, { ...before, booking }, now);
    };
    return this.#change(who, collaborationId, bookingId, 'move', act, alsoLock);
  }

  async #moved(tx: Tx, who: Scope, rules: Rules, before: StoredBooking, after: StoredBooking, now: Instant): Promise<StoredBooking> {
    const { booking } = after;
    const on = dateAt(now, rules.collaboration.zone);
    const returned = giveBack(await this.#deeds.unitsOf(tx, booking), { bookingId: booking.id, on });
    const desk = await this.#desk.open(tx, rules, booking.schoolUrns, booking.roomId, returned);
    await this.#desk.assertSlot(tx, desk, wantedOf(booking));
    const taken = unitsFor(desk, booking, on).entries;
    await this.#desk.release(tx, [booking.id]);
    await this.#desk.take(tx, [booking], rules.agreement.terms);
    if (!cancelOut(returned, taken)) await this.#deeds.recordUnits(tx, who, booking.collaborationId, [...returned, ...taken]);
    return this.#deeds.changed(tx, who, 'bookings.moved', before, after, now);
  }

  /** @param asOf as if it were said then: only the demonstration and imports of a past term set it. */
  deliver(who: Scope, collaborationId: string, bookingId: string, said: DeliverBooking, asOf?: Instant): Promise<Booking> {
    return this.#change(who, collaborationId, bookingId, 'deliver', async (tx, before, now) => {
      const at = asOf ?? now;
      const booking = deliver(before.booking, { at, ...(said.attendance ? { attendance: said.attendance } : {}) });
      if (booking === before.booking) return before;
      const after = await this.#deeds.changed(tx, who, 'bookings.delivered', before, { ...before, booking }, at);
      await this.#deeds.tellDelivered(tx, who, after, at);
      return after;
    });
  }

  /** Load, lock, load again as it stands behind the locks, act, answer. */
  #change(
    who: Scope,
    collaborationId: string,
    bookingId: string,
    action: BookingAction,
    act: (tx: Tx, before: StoredBooking, now: Instant) => Promise<StoredBooking>,
    alsoLock: { specialistIds: readonly string[]; roomIds: readonly (string | null)[] } = { specialistIds: [], roomIds: [] },
  ): Promise<Booking> {
    return this.#database.write(who, async (tx) => {
      const seen = await this.#deeds.find(tx, collaborationId, bookingId);
      assertMayActFor(who, seen.booking);
      // A delivery neither takes nor frees anything: it needs no lock but its own row's.
      if (action !== 'deliver') {
        const own = resourcesOf(seen.booking);
        await this.#desk.lock(tx, seen.booking.agreementId, {
          schoolUrns: own.schoolUrns,
          specialistIds: [...own.specialistIds, ...alsoLock.specialistIds],
          roomIds: [...own.roomIds, ...alsoLock.roomIds],
        });
      }
      const before = await this.#deeds.findForChange(tx, collaborationId, bookingId);
      return this.#deeds.show(tx, who, await act(tx, before, this.#clock.now().getTime()));
    });
  }
}

/** On whose account it is moved: the specialist's own moves count against nobody. */
function partyOf(who: Scope, { booking }: StoredBooking): 'school' | 'specialist' {
  return who.specialistId === booking.specialistId && who.roles.every((role) => role === 'specialist') ? 'specialist' : 'school';
}

/** True when the price of the whole session is above what one may approve of one's own requests. */
function isAboveLimit({ collaboration, agreement }: Pick<Rules, 'collaboration' | 'agreement'>, { booking, orderedOn }: StoredBooking): boolean {
  const { approvalLimitPence, zone } = collaboration;
  const { priceBasis, prices, terms } = agreement;
  const on = agreement.priceAt === 'order' ? orderedOn : dateAt(booking.startsAt, zone);
  const unitPence = priceOn(prices, on);
  if (approvalLimitPence === null || unitPence === null || priceBasis === 'retainer') return false;
  return priceOfSession(unitPence, milliunitsOf(priceBasis, booking, terms, zone)) > approvalLimitPence;
}

/** True when what goes back is what is taken again, so that the ledger need not say either. */
function cancelOut(returned: readonly EntitlementEntry[], taken: readonly EntitlementEntry[]): boolean {
  const key = (entry: EntitlementEntry) => `${entry.schoolUrn} ${entry.period.from} ${entry.period.to} ${Math.abs(entry.milliunits)}`;
  const wanted = new Set(taken.map(key));
  return returned.length === taken.length && returned.every((entry) => wanted.has(key(entry)));
}
