import { Injectable } from '@nestjs/common';
import type { MoveBooking, Moved, SessionMove } from '@fairshare/contract/bookings';
import { entitlementToShow, giveBack, move, planMoves, possibleActions, shiftedLike, wantedAfter, type EntitlementEntry, type PlannedMove, type SessionMove as SessionToMove } from '@fairshare/domain/bookings';
import type { Refusal, WantedPeriod } from '@fairshare/domain/availability';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { dateAt, isoOf, type Instant, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import type { Rules } from '../availability/availability.service.js';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { assertMayActFor } from './booking-access.js';
import { byWhom, partyOf } from './booking-changes.service.js';
import { BookingDeeds } from './booking-deeds.js';
import { BookingStore, type StoredBooking } from './booking-store.js';
import { sentenceOf } from './refusal-sentence.js';
import { resourcesOf, SlotDesk, unitsFor, type Desk } from './slot-desk.js';
import { assertOffered, periodWanted } from './wanted-booking.js';

interface Plan {
  readonly desk: Desk;
  readonly sessions: readonly StoredBooking[];
  readonly moves: readonly PlannedMove[];
  /** What each booking holds of entitlement and gives back by going. */
  readonly held: ReadonlyMap<string, readonly EntitlementEntry[]>;
}

/** Moves a session and the later ones of its series alike, in one transaction: those that cannot go stay, and say why. */
@Injectable()
export class SeriesMoves {
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

  /** Every session with what would become of it; nothing is stored. */
  preview(who: Scope, collaborationId: string, bookingId: string, to: MoveBooking): Promise<Moved> {
    return this.#database.read(who, async (tx) => {
      const sessions = await this.#sessions(tx, who, collaborationId, bookingId, to);
      return this.#shown(tx, who, await this.#plan(tx, sessions, to, this.#clock.now().getTime()));
    });
  }

  move(who: Scope, collaborationId: string, bookingId: string, to: MoveBooking): Promise<Moved> {
    return this.#database.write(who, async (tx) => {
      const now = this.#clock.now().getTime();
      const seen = await this.#sessions(tx, who, collaborationId, bookingId, to);
      await this.#lock(tx, seen, to);
      const sessions: StoredBooking[] = [];
      for (const { booking } of seen) sessions.push(await this.#deeds.findForChange(tx, collaborationId, booking.id));
      const plan = await this.#plan(tx, sessions, to, now);
      const [first] = plan.moves;
      if (first?.refusal && plan.moves.every((one) => one.refusal)) throw new DomainError(first.refusal.code, { ...first.refusal.facts, alternatives: [] });
      return this.#shown(tx, who, { ...plan, sessions: await this.#save(tx, who, plan, to, now) }, sessions);
    });
  }

  /** The booking and, when asked for, the later ones of its series that can still be moved. */
  async #sessions(tx: Tx, who: Scope, collaborationId: string, bookingId: string, { which, among }: MoveBooking): Promise<StoredBooking[]> {
    const one = await this.#store.one(tx, collaborationId, bookingId);
    assertMayActFor(who, one.booking);
    if (which !== 'following' || !one.booking.seriesId) return [one];
    const later = await this.#store.where(tx, 'b.series_id = $2 and b.starts_at > $3 order by b.starts_at', [collaborationId, one.booking.seriesId, isoOf(one.booking.startsAt)]);
    return [one, ...later.filter(({ booking }) => possibleActions(booking.state).includes('move') && (among?.includes(booking.id) ?? true))];
  }

  async #lock(tx: Tx, sessions: readonly StoredBooking[], to: MoveBooking): Promise<void> {
    const all = sessions.map(({ booking }) => resourcesOf(booking));
    await this.#desk.lock(tx, sessions[0]?.booking.agreementId ?? '', {
      specialistIds: [...all.flatMap((one) => one.specialistIds), ...(to.specialistId ? [to.specialistId] : [])],
      schoolUrns: all.flatMap((one) => one.schoolUrns),
      roomIds: [...all.flatMap((one) => one.roomIds), to.roomId ?? null],
    });
  }

  async #plan(tx: Tx, sessions: readonly StoredBooking[], to: MoveBooking, now: Instant): Promise<Plan> {
    const [{ booking: first }] = sessions as [StoredBooking];
    const agreed = await this.#desk.agreed(tx, first.collaborationId, first.agreementId);
    const { zone } = agreed.collaboration;
    const period = periodWanted(to, zone);
    assertOffered(agreed.agreement, to.specialistId ?? first.specialistId, period);
    await this.#deeds.assertPlaces(tx, { ...first, ...placeOf(first, to), schoolUrns: [...first.schoolUrns] }, dateAt(period.startsAt, zone));
    const asked: SessionToMove[] = [];
    for (const { booking } of sessions) asked.push({ bookingId: booking.id, to: await this.#target(tx, booking, shiftedLike(first, period, booking, zone), to, zone) });
    const wanted = asked.flatMap((one) => ('code' in one.to ? [] : [one.to]));
    const schoolUrns = [...new Set(sessions.flatMap(({ booking }) => booking.schoolUrns))];
    const rules = await this.#desk.rules(tx, agreed, { schoolUrns, ...spanOf(wanted, zone), specialistIds: [...new Set(wanted.map((one) => one.specialistId))], now });
    const desk = await this.#desk.open(tx, rules, schoolUrns, wanted.map((one) => one.roomId ?? null));
    const held = await this.#held(tx, sessions, dateAt(now, zone));
    return { desk, sessions, held, moves: planMoves(asked, (going) => inputWithout(desk, going, held)) };
  }

  /** Sessions of one series may stand in other places by now: one that cannot have the room or the place stays. */
  async #target(tx: Tx, booking: StoredBooking['booking'], shifted: InstantPeriod | Refusal, to: MoveBooking, zone: string): Promise<WantedPeriod | Refusal> {
    if ('code' in shifted) return shifted;
    try {
      await this.#deeds.assertPlaces(tx, { ...booking, ...placeOf(booking, to), schoolUrns: [...booking.schoolUrns] }, dateAt(shifted.startsAt, zone));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { code: error.code as Refusal['code'], facts: error.facts };
    }
    return wantedAfter(booking, shifted, changesOf(to));
  }

  async #held(tx: Tx, sessions: readonly StoredBooking[], on: string): Promise<Map<string, readonly EntitlementEntry[]>> {
    const held = new Map<string, readonly EntitlementEntry[]>();
    for (const { booking } of sessions) held.set(booking.id, giveBack(await this.#deeds.unitsOf(tx, booking), { bookingId: booking.id, on }));
    return held;
  }

  /** All give up before any takes, so that one may take what another leaves. */
  async #save(tx: Tx, who: Scope, { desk, sessions, moves, held }: Plan, to: MoveBooking, now: Instant): Promise<StoredBooking[]> {
    const on = dateAt(now, desk.input.zone);
    const after = sessions.map((before, i) => {
      const { to: target, refusal } = moves[i] as PlannedMove;
      if (refusal || 'code' in target) return before;
      const booking = move(before.booking, { startsAt: target.startsAt, endsAt: target.endsAt, ...changesOf(to) }, { party: partyOf(who, before), now, ...byWhom(who) });
      return { ...before, booking };
    });
    const going = after.filter((one, i) => one.booking !== sessions[i]?.booking).sort((a, b) => a.booking.startsAt - b.booking.startsAt);
    const lines: EntitlementEntry[] = going.flatMap(({ booking }) => held.get(booking.id) ?? []);
    for (const { booking } of going) lines.push(...unitsFor({ ...desk, ledger: [...desk.ledger, ...lines] }, booking, on).entries);
    await this.#desk.release(tx, going.map(({ booking }) => booking.id));
    await this.#desk.take(tx, going.map(({ booking }) => booking), desk.rules.agreement.terms);
    await this.#deeds.recordUnits(tx, who, desk.rules.collaboration.id, lines);
    for (const [i, one] of after.entries()) {
      const before = sessions[i] as StoredBooking;
      if (one.booking !== before.booking) await this.#deeds.changed(tx, who, 'bookings.moved', before, one, now);
    }
    return after;
  }

  async #shown(tx: Tx, who: Scope, { sessions, moves }: Plan, before: readonly StoredBooking[] = sessions): Promise<Moved> {
    const [first] = sessions as [StoredBooking];
    return { ...(await this.#deeds.show(tx, who, first)), sessions: moves.map((one, i) => shownMove(one, before[i] as StoredBooking)) };
  }
}

/** With what the others give up; what they keep and take is looked at date by date. */
function inputWithout(desk: Desk, going: ReadonlySet<string>, held: ReadonlyMap<string, readonly EntitlementEntry[]>): Rules['input'] {
  const returned = [...going].flatMap((id) => held.get(id) ?? []);
  return {
    ...desk.input,
    taken: desk.input.taken.filter((one) => !one.bookingId || !going.has(one.bookingId)),
    entitlements: entitlementToShow([...desk.ledger, ...returned], desk.subscriptions),
  };
}

type Changes = Partial<Pick<StoredBooking['booking'], 'specialistId' | 'place' | 'roomId'>>;

function changesOf({ specialistId, place, roomId }: MoveBooking): Changes {
  return { ...(specialistId ? { specialistId } : {}), ...(place ? { place } : {}), ...(roomId === undefined ? {} : { roomId }) };
}

function placeOf(booking: StoredBooking['booking'], to: MoveBooking) {
  return { place: to.place ?? booking.place, roomId: to.roomId === undefined ? booking.roomId : to.roomId };
}

/** The days from the first target to the last: what has to be loaded to decide about them. */
function spanOf(wanted: readonly WantedPeriod[], zone: string): { from: string; to: string } {
  const starts = wanted.map((one) => one.startsAt);
  const ends = wanted.map((one) => one.endsAt);
  return { from: dateAt(Math.min(...starts), zone), to: dateAt(Math.max(...ends), zone) };
}

function shownMove({ to, refusal }: PlannedMove, { booking }: StoredBooking): SessionMove {
  const period = 'code' in to ? null : to;
  const detail = sentenceOf(refusal?.code, refusal?.facts);
  return {
    bookingId: booking.id,
    fromStartsAt: isoOf(booking.startsAt),
    fromEndsAt: isoOf(booking.endsAt),
    startsAt: period && isoOf(period.startsAt),
    endsAt: period && isoOf(period.endsAt),
    outcome: refusal ? 'stays' : 'moves',
    ...(refusal ? { code: refusal.code, facts: { ...refusal.facts } } : {}),
    ...(detail ? { detail } : {}),
  };
}
