import { Injectable } from '@nestjs/common';
import type { Booked, NewBooking, NewHold, Repeat, SeriesPreview, SeriesPreviewBody } from '@fairshare/contract/bookings';
import { holdMinutes, periodsToBook, previewSeries, type Booking, type EntitlementEntry, type SeriesDate } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { addDays, type DateOnly } from '@fairshare/domain/kernel/period';
import { dateAt, isoOf, msPerMinute, type Instant, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import type { Rules } from '../availability/availability.service.js';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import type { Agreed } from '../procurement/procurement.queries.js';
import { newId } from '../platform/new-id.js';
import { BookingRecorder } from './booking-recorder.js';
import { BookingViews } from './booking-views.js';
import { assertMayActFor } from './booking-access.js';
import { sentenceOf } from './refusal-sentence.js';
import { daysAround, SlotDesk, unitsFor, wantedOf, type Desk } from './slot-desk.js';
import { assertMayOfferSeats, assertOffered, asked, periodWanted, referenceOf, seriesWanted } from './wanted-booking.js';

interface AgreedPeriod extends Agreed {
  readonly period: InstantPeriod;
}

/** Booking: one session or a series, all or nothing. */
@Injectable()
export class BookingsService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #desk: SlotDesk;
  readonly #recorder: BookingRecorder;
  readonly #views: BookingViews;

  constructor(clock: Clock, database: Database, desk: SlotDesk, recorder: BookingRecorder, views: BookingViews) {
    this.#clock = clock;
    this.#database = database;
    this.#desk = desk;
    this.#recorder = recorder;
    this.#views = views;
  }

  /** @param asOf as if it were asked then: only the demonstration and imports of a past term set it. */
  book(who: Scope, collaborationId: string, wanted: NewBooking, asOf?: Instant): Promise<Booked> {
    const { repeat } = wanted;
    const work = async (tx: Tx): Promise<Booked> => {
      const agreed = await this.#agreed(tx, who, collaborationId, wanted);
      const now = asOf ?? this.#clock.now().getTime();
      await this.#recorder.exchangeHold(tx, who, collaborationId, wanted, now);
      return repeat ? this.#bookSeries(tx, who, wanted, repeat, agreed, now) : this.#bookOne(tx, who, wanted, agreed, now);
    };
    return this.#desk.explained(this.#database, who, () => this.#database.write(who, work));
  }

  /** Keeps a period for a few minutes while somebody fills in the form; it draws on no units yet. */
  hold(who: Scope, collaborationId: string, wanted: NewHold): Promise<Booked> {
    const work = async (tx: Tx): Promise<Booked> => {
      const agreed = await this.#agreed(tx, who, collaborationId, wanted);
      const now = this.#clock.now().getTime();
      await this.#recorder.exchangeHold(tx, who, collaborationId, wanted, now);
      return this.#bookOne(tx, who, wanted, agreed, now, { heldUntil: now + holdMinutes * msPerMinute });
    };
    return this.#desk.explained(this.#database, who, () => this.#database.write(who, work));
  }

  /** Every date of a series with what would happen to it; nothing is stored. */
  preview(who: Scope, collaborationId: string, wanted: SeriesPreviewBody): Promise<SeriesPreview> {
    return this.#database.read(who, async (tx) => {
      const agreed = await this.#agreed(tx, who, collaborationId, wanted);
      const rules = await this.#seriesRules(tx, wanted, wanted.repeat, agreed, this.#clock.now().getTime());
      const desk = await this.#desk.open(tx, rules, wanted.schoolUrns, [wanted.roomId ?? null]);
      // What one holds oneself meanwhile does not stand in one's way.
      const input = { ...desk.input, taken: desk.input.taken.filter(({ bookingId }) => !bookingId || bookingId !== wanted.holdId) };
      const preview = previewSeries(input, seriesWanted(wanted, wanted.repeat, agreed.period, rules.input.zone));
      return { ...preview, dates: preview.dates.map(shownDate) };
    });
  }

  /** What can be refused before anybody else has to wait. */
  async #agreed(tx: Tx, who: Scope, collaborationId: string, wanted: NewBooking): Promise<AgreedPeriod> {
    const agreed = await this.#desk.agreed(tx, collaborationId, wanted.agreementId, [wanted.specialistId]);
    const { zone } = agreed.collaboration;
    const period = periodWanted(wanted, zone);
    assertMayActFor(who, { schoolUrns: wanted.schoolUrns, specialistId: '' });
    assertMayOfferSeats(who, wanted);
    await this.#recorder.assertPlaces(tx, collaborationId, wanted, dateAt(period.startsAt, zone));
    return { ...agreed, period };
  }

  async #bookOne(tx: Tx, who: Scope, wanted: NewBooking, agreed: AgreedPeriod, now: Instant, held: { heldUntil?: Instant } = {}): Promise<Booked> {
    const booking = asked(who, agreed.collaboration.id, wanted, agreed.period, agreed.agreement, { ...held, askedAt: now });
    const days = daysAround(agreed.period, now, agreed.collaboration.zone);
    const rules = await this.#desk.rules(tx, agreed, { schoolUrns: wanted.schoolUrns, ...days, specialistIds: [wanted.specialistId], now, early: {} });
    assertOffered(agreed.agreement, wanted.specialistId, agreed.period);
    this.#desk.assertNotRefusedYet(rules, wantedOf(booking));
    const desk = await this.#lockAndOpen(tx, rules, wanted);
    this.#desk.assertSlot(desk, wantedOf(booking));
    return this.#views.one(tx, who, await this.#save(tx, who, wanted, desk, booking, now));
  }

  async #bookSeries(tx: Tx, who: Scope, wanted: NewBooking, repeat: Repeat, agreed: AgreedPeriod, now: Instant): Promise<Booked> {
    const rules = await this.#seriesRules(tx, wanted, repeat, agreed, now);
    const desk = await this.#lockAndOpen(tx, rules, wanted);
    const preview = previewSeries(desk.input, seriesWanted(wanted, repeat, agreed.period, rules.input.zone));
    const periods = this.#periods(preview);
    const seriesId = newId();
    await this.#recorder.series(tx, who, agreed.collaboration.id, seriesId, repeat, now);
    const bookings = periods.map((period) => asked(who, agreed.collaboration.id, wanted, period, agreed.agreement, { seriesId, askedAt: now }));
    const stored = await this.#saveAll(tx, who, wanted, desk, bookings, now);
    const shown = await this.#views.all(tx, who, agreed.collaboration.id, stored);
    const skipped = preview.dates.filter((date) => date.outcome === 'skipped').map(shownDate);
    return { ...(shown[0] as Booked), series: { id: seriesId, bookings: shown, skipped, complete: preview.complete } };
  }

  /** A series of which nothing can be booked says why by its first date, so that one session refused and a series refused read alike. */
  #periods(preview: ReturnType<typeof previewSeries>): readonly InstantPeriod[] {
    const [only] = preview.dates;
    if (preview.willBook === 0 && preview.dates.length === 1 && only?.code) throw new DomainError(only.code, { ...only.facts, alternatives: [] });
    return periodsToBook(preview);
  }

  async #seriesRules(tx: Tx, wanted: NewBooking, repeat: Repeat, agreed: AgreedPeriod, now: Instant): Promise<Rules> {
    const { zone } = agreed.collaboration;
    const first = dateAt(agreed.period.startsAt, zone);
    const rules = await this.#desk.rules(tx, agreed, { schoolUrns: wanted.schoolUrns, from: first, to: lastDayOf(repeat, first, agreed, now), specialistIds: [wanted.specialistId], now });
    assertOffered(agreed.agreement, wanted.specialistId, agreed.period);
    return rules;
  }

  async #lockAndOpen(tx: Tx, rules: Rules, wanted: NewBooking): Promise<Desk> {
    const roomId = wanted.roomId ?? null;
    await this.#desk.lock(tx, wanted.agreementId, { specialistIds: [wanted.specialistId], schoolUrns: wanted.schoolUrns, roomIds: [roomId] });
    return this.#desk.open(tx, rules, wanted.schoolUrns, [roomId]);
  }

  async #save(tx: Tx, who: Scope, wanted: NewBooking, desk: Desk, booking: Booking, now: Instant) {
    const [stored] = await this.#saveAll(tx, who, wanted, desk, [booking], now);
    if (!stored) throw new Error('What was stored has to be there.');
    return stored;
  }

  /** In time order, each drawing on what the ones before it left. */
  #saveAll(tx: Tx, who: Scope, wanted: NewBooking, desk: Desk, bookings: readonly Booking[], now: Instant) {
    const orderedOn = dateAt(now, desk.input.zone);
    const entries: EntitlementEntry[] = [];
    // A hold keeps time, not units: they are drawn when it becomes a booking.
    for (const booking of bookings.filter(({ state }) => state !== 'held')) entries.push(...unitsFor({ ...desk, ledger: [...desk.ledger, ...entries] }, booking, orderedOn).entries);
    const stored = bookings.map((booking) => ({ booking, requestedByName: who.name, orderedOn, chargeBasisPoints: null, references: referenceOf(who, wanted) }));
    return this.#recorder.booked(tx, who, stored, entries, desk.rules.agreement.terms, now);
  }
}

/** No series is looked at beyond this many days, however far the horizon. */
const mostDays = 1100;

/** Until its end, or for a number of sessions until the horizon; a date beyond the horizon is refused date by date. */
function lastDayOf(repeat: Repeat, first: DateOnly, { agreement, collaboration }: Agreed, now: Instant): DateOnly {
  const horizon = addDays(dateAt(now, collaboration.zone), agreement.terms.horizonDays + 1);
  const wanted = 'until' in repeat.end ? repeat.end.until : horizon;
  const last = addDays(first, mostDays);
  const reach = wanted > first ? wanted : first;
  return reach < last ? reach : last;
}

/** A date with the sentence that goes with its code. */
function shownDate({ date, startsAt, endsAt, outcome, code, facts }: SeriesDate) {
  const detail = sentenceOf(code, facts);
  return {
    date,
    startsAt: startsAt === null ? null : isoOf(startsAt),
    endsAt: endsAt === null ? null : isoOf(endsAt),
    outcome,
    ...(code ? { code, facts: { ...facts } } : {}),
    ...(detail ? { detail } : {}),
  };
}
