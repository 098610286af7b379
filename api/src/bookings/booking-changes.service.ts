import { Injectable } from '@nestjs/common';
import type { Booking, DeliverBooking, MoveBooking } from '@fairshare/contract/bookings';
import { approve, decline, deliver, giveBack, move, type EntitlementEntry, type MoveTo } from '@fairshare/domain/bookings';
import { milliunitsOf } from '@fairshare/domain/availability';
import { dateAt, type Instant, type InstantPeriod } from '@fairshare/domain/kernel/zone';
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
    const act = async (tx: Tx, before: StoredBooking, now: Instant): Promise<StoredBooking> => {
      const agreed = await this.#desk.agreed(tx, collaborationId, before.booking.agreementId);
      const booking = approve(before.booking, { userId: approverOf(who, before), aboveLimit: isAboveLimit(agreed, before, await this.#deeds.sessionsAskedWith(tx, before.booking)), now });
      if (booking === before.booking) return before;
      const rules = await this.#desk.rules(tx, agreed, { schoolUrns: booking.schoolUrns, ...daysAround(booking, now, agreed.collaboration.zone), specialistIds: [booking.specialistId] });
      const desk = await this.#desk.open(tx, rules, booking.schoolUrns, [booking.roomId]);
      this.#desk.assertStillStands(desk, wantedOf(booking));
      return this.#deeds.changed(tx, who, 'bookings.approved', before, { ...before, booking }, now);
    };
    return this.#change(who, collaborationId, bookingId, { act });
  }

  /** @param reason is kept in the trail, beside who declined. */
  decline(who: Scope, collaborationId: string, bookingId: string, reason?: string): Promise<Booking> {
    const act = async (tx: Tx, before: StoredBooking, now: Instant): Promise<StoredBooking> => {
      const booking = decline(before.booking, { userId: who.userId ?? '' });
      if (booking === before.booking) return before;
      await this.#desk.release(tx, [bookingId]);
      await this.#deeds.giveAllBack(tx, who, before, now);
      return this.#deeds.changed(tx, who, 'bookings.declined', before, { ...before, booking }, now, reason);
    };
    return this.#change(who, collaborationId, bookingId, { act });
  }

  /** To another time, specialist or place; the units go back and are taken anew where the session costs or dates differ. `also` is done in the same transaction. */
  move(who: Scope, collaborationId: string, bookingId: string, to: MoveBooking, also?: Also): Promise<Booking> {
    const plan = async (tx: Tx, { booking: before }: StoredBooking, now: Instant): Promise<MovePlan> => {
      const agreed = await this.#desk.agreed(tx, collaborationId, before.agreementId);
      const { zone } = agreed.collaboration;
      const wanted = moveTo(to, periodWanted(to, zone));
      const { specialistId = before.specialistId } = wanted;
      const rules = await this.#desk.rules(tx, agreed, {
        schoolUrns: before.schoolUrns, ...daysAround(wanted, now, zone), specialistIds: [specialistId], early: { ownBookingId: before.id },
      });
      return { rules, wanted };
    };
    const moved = (before: StoredBooking, { rules, wanted }: MovePlan, now: Instant) =>
      move(before.booking, wanted, { party: partyOf(who, before), now, needsApproval: rules.agreement.needsApproval, ...byWhom(who) });
    return this.#change<MovePlan>(who, collaborationId, bookingId, {
      alsoLock: { specialistIds: to.specialistId ? [to.specialistId] : [], roomIds: [to.roomId ?? null] },
      plan: async (tx, seen, now) => {
        const planned = await plan(tx, seen, now);
        const booking = moved(seen, planned, now);
        if (booking === seen.booking) return planned;
        await this.#deeds.assertPlaces(tx, { ...booking, schoolUrns: [...booking.schoolUrns] }, dateAt(booking.startsAt, planned.rules.collaboration.zone));
        assertOffered(planned.rules.agreement, booking.specialistId, booking);
        this.#desk.assertNotRefusedYet(planned.rules, wantedOf(booking));
        return planned;
      },
      act: async (tx, before, now, planned) => {
        const booking = moved(before, planned, now);
        if (booking === before.booking) return before;
        const after = await this.#moved(tx, who, planned.rules, before, { ...before, booking }, now);
        await also?.(tx, before, after);
        return after;
      },
    });
  }

  async #moved(tx: Tx, who: Scope, rules: Rules, before: StoredBooking, after: StoredBooking, now: Instant): Promise<StoredBooking> {
    const { booking } = after;
    const on = dateAt(now, rules.collaboration.zone);
    const returned = giveBack(await this.#deeds.unitsOf(tx, booking), { bookingId: booking.id, on });
    const desk = await this.#desk.open(tx, rules, booking.schoolUrns, [booking.roomId], returned);
    this.#desk.assertSlot(desk, wantedOf(booking));
    // A hold keeps time, not units.
    const taken = booking.state === 'held' ? [] : unitsFor(desk, booking, on).entries;
    await this.#desk.release(tx, [booking.id]);
    await this.#desk.take(tx, [booking], rules.agreement.terms);
    if (!cancelOut(returned, taken)) await this.#deeds.recordUnits(tx, who, booking.collaborationId, [...returned, ...taken]);
    return this.#deeds.changed(tx, who, 'bookings.moved', before, after, now);
  }

  /** @param asOf as if it were said then: only the demonstration and imports of a past term set it. */
  deliver(who: Scope, collaborationId: string, bookingId: string, said: DeliverBooking, asOf?: Instant): Promise<Booking> {
    const act = async (tx: Tx, before: StoredBooking, now: Instant): Promise<StoredBooking> => {
      const at = asOf ?? now;
      const booking = deliver(before.booking, { at, ...(said.attendance ? { attendance: said.attendance } : {}) });
      if (booking === before.booking) return before;
      const after = await this.#deeds.changed(tx, who, 'bookings.delivered', before, { ...before, booking }, at);
      await this.#deeds.tellDelivered(tx, who, after, at);
      return after;
    };
    // A delivery neither takes nor frees anything: it needs no lock but its own row's.
    return this.#change(who, collaborationId, bookingId, { act, lockless: true });
  }

  /** Load and plan, lock, load again as it stands behind the locks, act, answer. */
  #change<P = undefined>(who: Scope, collaborationId: string, bookingId: string, change: Change<P>): Promise<Booking> {
    const work = async (tx: Tx): Promise<Booking> => {
      const seen = await this.#deeds.find(tx, collaborationId, bookingId);
      assertMayActFor(who, seen.booking);
      const now = this.#clock.now().getTime();
      const planned = (await change.plan?.(tx, seen, now)) as P;
      if (!change.lockless) await this.#lock(tx, seen, change.alsoLock);
      const before = await this.#deeds.findForChange(tx, collaborationId, bookingId);
      const isAsSeen = before.booking.sequence === seen.booking.sequence;
      const after = await change.act(tx, before, now, isAsSeen ? planned : ((await change.plan?.(tx, before, now)) as P));
      return this.#deeds.show(tx, who, after);
    };
    return this.#desk.explained(this.#database, who, () => this.#database.write(who, work));
  }

  async #lock(tx: Tx, { booking }: StoredBooking, also: AlsoLock = { specialistIds: [], roomIds: [] }): Promise<void> {
    const own = resourcesOf(booking);
    await this.#desk.lock(tx, booking.agreementId, {
      schoolUrns: own.schoolUrns, specialistIds: [...own.specialistIds, ...also.specialistIds], roomIds: [...own.roomIds, ...also.roomIds],
    });
  }
}

/** What is stored beside a change, in its transaction. */
export type Also = (tx: Tx, before: StoredBooking, after: StoredBooking) => Promise<void>;

interface AlsoLock {
  readonly specialistIds: readonly string[];
  readonly roomIds: readonly (string | null)[];
}

/** One way of changing a booking. What `plan` finds out, and refuses, is done before anybody has to wait. */
interface Change<P> {
  readonly act: (tx: Tx, before: StoredBooking, now: Instant, planned: P) => Promise<StoredBooking>;
  readonly plan?: (tx: Tx, seen: StoredBooking, now: Instant) => Promise<P>;
  readonly alsoLock?: AlsoLock;
  readonly lockless?: boolean;
}

interface MovePlan {
  readonly rules: Rules;
  readonly wanted: MoveTo;
}

function moveTo({ specialistId, place, roomId }: MoveBooking, period: InstantPeriod): MoveTo {
  return { ...period, ...(specialistId ? { specialistId } : {}), ...(place ? { place } : {}), ...(roomId === undefined ? {} : { roomId }) };
}

/** The person whose slip it would be; the house makes none. */
export const byWhom = (who: Scope): { userId?: string } => (who.userId ? { userId: who.userId } : {});

/** On whose account it is moved: the specialist's own moves count against nobody. */
export function partyOf(who: Scope, { booking }: StoredBooking): 'school' | 'specialist' {
  return who.specialistId === booking.specialistId && who.roles.every((role) => role === 'specialist') ? 'specialist' : 'school';
}

/** True when the price of what was asked for at once, a session or a series, is above what one may approve of one's own requests. */
function isAboveLimit({ collaboration, agreement }: Pick<Rules, 'collaboration' | 'agreement'>, { booking, orderedOn }: StoredBooking, sessions: number): boolean {
  const { approvalLimitPence, zone } = collaboration;
  const { priceBasis, prices, terms } = agreement;
  const on = agreement.priceAt === 'order' ? orderedOn : dateAt(booking.startsAt, zone);
  const unitPence = priceOn(prices, on);
  if (approvalLimitPence === null || unitPence === null || priceBasis === 'retainer') return false;
  return sessions * priceOfSession(unitPence, milliunitsOf(priceBasis, booking, terms, zone)) > approvalLimitPence;
}

/** True when what goes back is what is taken again, so that the ledger need not say either. */
function cancelOut(returned: readonly EntitlementEntry[], taken: readonly EntitlementEntry[]): boolean {
  const key = (entry: EntitlementEntry) => `${entry.schoolUrn} ${entry.period.from} ${Math.abs(entry.milliunits)}`;
  const wanted = new Set(taken.map(key));
  return returned.length === taken.length && returned.every((entry) => wanted.has(key(entry)));
}

/** Whoever acts for the person who asked, or who moved it last, decides in that person's place, so that it takes somebody else. */
function approverOf(who: Scope, { booking }: StoredBooking): string {
  const actsFor = who.onBehalfOf?.userId;
  return actsFor && [booking.requestedBy, booking.movedFrom.at(-1)?.userId].includes(actsFor) ? actsFor : (who.userId ?? '');
}
