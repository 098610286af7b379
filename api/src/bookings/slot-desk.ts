import { Injectable } from '@nestjs/common';
import { alternatives, milliunitsOf, whyNot, type AvailabilityInput, type Place, type Refusal, type Slot, type WantedPeriod } from '@fairshare/domain/availability';
import { draw, entitlementToShow, whyNotStand, type Booking, type Draw, type EntitlementEntry, type SubscribedUnits } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { addDays } from '@fairshare/domain/kernel/period';
import { dateAt, isoOf, msPerDay, type Instant, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import { AvailabilityService, type Asked, type Rules } from '../availability/availability.service.js';
import { resourceOfEntitlement, TimeTaken, type TimeToTake } from '../availability/time-taken.js';
import type { Scope } from '../platform/actor.js';
import type { Database, Tx } from '../platform/database.js';
import type { Agreed, AgreementRecord } from '../procurement/procurement.queries.js';
import { BookingViews } from './booking-views.js';
import { balanceEntries } from './entitlement-ledger.js';
import { whatMoves } from './what-moves.js';

const wantedAlternatives = 3;

/** What is needed to decide about periods, read while every resource they touch is locked. */
export interface Desk {
  readonly rules: Rules;
  readonly input: AvailabilityInput;
  readonly ledger: readonly EntitlementEntry[];
  readonly subscriptions: readonly SubscribedUnits[];
  /** Units that are about to come back, in `ledger` already. */
  readonly returning: readonly EntitlementEntry[];
}

/** A period is no slot: what is needed to say so, and to look for others. */
class Refused extends DomainError {
  constructor(
    readonly refusal: Refusal,
    readonly rules: Rules,
    readonly wanted: WantedBooking,
    readonly about: {
      /** True for what was asked for before. */
      readonly standing: boolean;
      readonly returning: readonly EntitlementEntry[];
    },
  ) {
    super(refusal.code, refusal.facts);
  }
}

/** A period for a booking; with seats it draws on no units. */
export type WantedBooking = WantedPeriod & { readonly uncounted?: boolean };

/** Entitlement is asked about last, so that nothing else stands in the way of what draws on none. */
function refusalOf(input: AvailabilityInput, wanted: WantedBooking): Refusal | null {
  const refusal = whyNot(input, wanted);
  return wanted.uncounted && refusal?.code === 'availability.no-entitlement' ? null : refusal;
}

interface Resources {
  readonly specialistIds: readonly string[];
  readonly schoolUrns: readonly string[];
  readonly roomIds: readonly (string | null)[];
}

/** Everything that one booking occupies and draws on. */
export function resourcesOf(booking: Pick<Booking, 'specialistId' | 'schoolUrns' | 'roomId'>): Resources {
  return { specialistIds: [booking.specialistId], schoolUrns: booking.schoolUrns, roomIds: [booking.roomId] };
}

/** The one place where time and units are asked for: lock, look, decide, take. */
@Injectable()
export class SlotDesk {
  readonly #availability: AvailabilityService;
  readonly #timeTaken: TimeTaken;
  readonly #views: BookingViews;

  constructor(availability: AvailabilityService, timeTaken: TimeTaken, views: BookingViews) {
    this.#availability = availability;
    this.#timeTaken = timeTaken;
    this.#views = views;
  }

  agreed(tx: Tx, collaborationId: string, agreementId: string, specialistIds: readonly string[] | null = null): Promise<Agreed> {
    return this.#availability.agreed(tx, collaborationId, agreementId, specialistIds);
  }

  /** What changes slowly, read before anything is locked. */
  rules(tx: Tx, agreed: Agreed, asked: Asked): Promise<Rules> {
    return this.#availability.rulesFor(tx, agreed, asked);
  }

  /** Waits for everybody else who wants the same people, rooms or units. */
  async lock(tx: Tx, agreementId: string, resources: Resources): Promise<void> {
    await this.#timeTaken.lock(tx, [
      ...resources.specialistIds,
      ...resources.roomIds.flatMap((id) => (id ? [id] : [])),
      ...resources.schoolUrns.map((urn) => resourceOfEntitlement(agreementId, urn)),
    ]);
  }

  /** Reads what moves; for a decision call it when the locks are held. `returning` are units that are about to come back. */
  async open(tx: Tx, rules: Rules, schoolUrns: readonly string[], roomIds: readonly (string | null)[], returning: readonly EntitlementEntry[] = []): Promise<Desk> {
    const resourceIds = [...rules.input.specialistIds, ...new Set(roomIds.filter((id) => id !== null))];
    const now = await whatMoves(tx, { collaborationId: rules.collaboration.id, agreementId: rules.agreement.id, urns: schoolUrns, resourceIds, period: rules.period });
    const ledger = [...balanceEntries(rules.agreement.id, now), ...returning];
    const subscriptions = subscribedUnits(rules.agreement, schoolUrns);
    const input = this.#availability.withTime(rules, { entitlements: entitlementToShow(ledger, subscriptions), taken: now.taken, ours: new Set(now.ours) });
    return { rules, input, ledger, subscriptions, returning };
  }

  /** Refuses what is refused already, before anybody has to wait for it. Journeys and units are asked about behind the locks. */
  assertNotRefusedYet(rules: Rules, wanted: WantedPeriod): void {
    const entitlements = wanted.schoolUrns.map((schoolUrn) => ({ schoolUrn, period: rules.agreement.terms.term, leftMilliunits: Number.MAX_SAFE_INTEGER }));
    const refusal = whyNot({ ...rules.input, entitlements }, wanted);
    if (refusal && refusal.code !== 'availability.travel') throw new Refused(refusal, rules, wanted, { standing: false, returning: [] });
  }

  /** @throws the refusal; `explained` adds what else people want to know. */
  assertSlot({ input, rules, returning }: Desk, wanted: WantedBooking): void {
    const refusal = refusalOf(input, wanted);
    if (refusal) throw new Refused(refusal, rules, wanted, { standing: false, returning });
  }

  /** For what was asked for before: its notice was kept and its units are taken. */
  assertStillStands({ input, rules, returning }: Desk, wanted: WantedPeriod): void {
    const refusal = whyNotStand(whyNot(input, wanted));
    if (refusal) throw new Refused(refusal, rules, wanted, { standing: true, returning });
  }

  /**
   * Who is refused lets go of every lock first and only then looks for three other slots, and for who is there when that
   * is one's own collaboration's to know: a hundred who want one hour do not wait for each other's alternatives.
   */
  async explained<T>(database: Database, who: Scope, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw await database.read(who, (tx) => this.#explain(tx, error));
    }
  }

  async #explain(tx: Tx, { refusal, rules, wanted, about }: Refused): Promise<DomainError> {
    const { input } = await this.open(tx, rules, wanted.schoolUrns, [wanted.roomId ?? null], about.returning);
    const again = about.standing ? whyNotStand(whyNot(input, wanted)) : refusalOf(input, wanted);
    const { code, facts } = again ?? refusal;
    const told = { ...facts, alternatives: (await this.#alternatives(tx, rules, input, wanted)).map(shownSlot) };
    if (typeof facts['bookingId'] !== 'string') return new DomainError(code, told);
    return new DomainError(code, { ...told, bookedBy: await this.#views.schoolNamesOf(tx, rules.collaboration.id, facts['bookingId']) });
  }

  /** The same specialist's first; the others are looked at only when those are too few. */
  async #alternatives(tx: Tx, rules: Rules, input: AvailabilityInput, wanted: WantedPeriod): Promise<readonly Slot[]> {
    const own = alternatives(input, wanted);
    const { specialistIds } = rules.agreement;
    if (own.length >= wantedAlternatives || specialistIds.length <= input.specialistIds.length) return own;
    const days = { from: dateAt(rules.period.startsAt + msPerDay, input.zone), to: dateAt(rules.period.endsAt - msPerDay - 1, input.zone) };
    const all = await this.rules(tx, rules, { schoolUrns: wanted.schoolUrns, ...days, specialistIds, now: input.now });
    const desk = await this.open(tx, all, wanted.schoolUrns, [wanted.roomId ?? null]);
    return alternatives(desk.input, wanted);
  }

  async take(tx: Tx, bookings: readonly Booking[], margins: { beforeMinutes?: number; afterMinutes?: number }): Promise<void> {
    await this.#timeTaken.take(tx, bookings.flatMap((booking) => timeOf(booking, margins)));
  }

  /** A hold becomes what it was for. */
  async keep(tx: Tx, bookingId: string): Promise<void> {
    await this.#timeTaken.keep(tx, bookingId);
  }

  async release(tx: Tx, bookingIds: readonly string[]): Promise<void> {
    await this.#timeTaken.release(tx, bookingIds);
  }
}

export function shownSlot(slot: Slot): { specialistId: string; startsAt: string; endsAt: string } {
  return { specialistId: slot.specialistId, startsAt: isoOf(slot.startsAt), endsAt: isoOf(slot.endsAt) };
}

function timeOf(booking: Booking, margins: { beforeMinutes?: number; afterMinutes?: number }): TimeToTake[] {
  const siteUrn = 'schoolUrn' in booking.place ? booking.place.schoolUrn : null;
  const time = { startsAt: booking.startsAt, endsAt: booking.endsAt, siteUrn, holderId: booking.id, keptUntil: booking.state === 'held' ? booking.keptUntil : null };
  const specialist: TimeToTake = {
    ...time, resourceKind: 'specialist', resourceId: booking.specialistId, beforeMinutes: margins.beforeMinutes ?? 0, afterMinutes: margins.afterMinutes ?? 0,
  };
  return booking.roomId ? [specialist, { ...time, resourceKind: 'room', resourceId: booking.roomId }] : [specialist];
}

function subscribedUnits(agreement: AgreementRecord, urns: readonly string[]): SubscribedUnits[] {
  return agreement.subscriptions
    .filter((one) => urns.includes(one.urn))
    .map((one) => ({ schoolUrn: one.urn, period: { from: one.from, to: one.until ?? agreement.endsOn }, entitlementMilliunits: one.entitlementMilliunits }));
}

/** The days to load so that a period can be decided about and three others can be offered instead. */
export function daysAround(period: InstantPeriod, now: Instant, zone: string): { from: string; to: string } {
  const first = dateAt(period.startsAt, zone);
  const today = dateAt(now, zone);
  const weekBefore = addDays(first, -7);
  return { from: weekBefore < today && today <= first ? today : weekBefore, to: addDays(dateAt(period.endsAt, zone), 21) };
}

/** The units that a booking takes from the desk's ledger. */
export function unitsFor({ rules, ledger, subscriptions, input }: Desk, booking: Booking, on: string): Draw {
  // Who will share a session with seats is known only when it has been given.
  if (booking.capacity !== null) return { entries: [], coveredUrns: [] };
  const { terms } = rules.agreement;
  return draw(
    ledger,
    {
      agreementId: booking.agreementId,
      schoolUrns: booking.schoolUrns,
      milliunits: milliunitsOf(terms.unit, booking, terms, input.zone),
      usedOn: dateAt(booking.startsAt, input.zone),
      on,
      bookingId: booking.id,
    },
    { payAsYouGo: terms.payAsYouGo, subscriptions },
  );
}

/** A booking as the rules ask about it; its own time does not stand in its way. */
export function wantedOf(booking: Booking): WantedBooking {
  const { specialistId, schoolUrns, startsAt, endsAt, place, roomId, id } = booking;
  return { specialistId, schoolUrns, startsAt, endsAt, place: place as Place, roomId, ignoringBookingId: id, uncounted: booking.capacity !== null };
}
