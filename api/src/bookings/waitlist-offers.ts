import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Slot } from '@fairshare/domain/availability';
import { hold, occupiesTime, offerKeptUntil, periodToOffer, spanToOffer, type Booking, type OpenTime, type WaitlistEntry } from '@fairshare/domain/bookings';
import { dateAt, isoOf } from '@fairshare/domain/kernel/zone';
import { timeOpened, type TimeOpened } from '../availability/availability.news.js';
import { systemScope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Events } from '../platform/events.js';
import { jobKind, Jobs } from '../platform/jobs.js';
import { newId } from '../platform/new-id.js';
import { bookingChanged } from './bookings.news.js';
import { OfferDesk } from './offer-desk.js';
import { daysAround } from './slot-desk.js';
import { WaitlistOfferEntity } from './waitlist-offer.entity.js';

const offerFreed = jobKind<Slot>('bookings.offer-freed-time');
const offerOpened = jobKind<TimeOpened>('bookings.offer-opened-time');

interface Candidate {
  id: string;
  collaborationId: string;
  agreementId: string;
  specialistId: string | null;
  urns: string[];
  placeUrn: string | null;
  remote: boolean;
  minutes: number;
  withinFrom: Date;
  withinTo: Date;
  askedBy: string | null;
  askedByName: string;
  askedAt: Date;
}

const candidateColumns = `
  e.id, e.collaboration_id as "collaborationId", e.agreement_id as "agreementId", e.specialist_id as "specialistId", e.urns, e.place_urn as "placeUrn", e.remote, e.minutes,
  e.within_from as "withinFrom", e.within_to as "withinTo", e.asked_by as "askedBy", e.asked_by_name as "askedByName", e.asked_at as "askedAt"`;

/**
 * Time that becomes free is offered to the first eligible school in line, in whatever collaboration it waits, with a
 * hold that expires; what it does not take goes to the next. A job does it, so that who cancels does not wait for it.
 */
@Injectable()
export class WaitlistOffers implements OnModuleInit {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #desk: OfferDesk;
  readonly #jobs: Jobs;

  constructor(clock: Clock, database: Database, desk: OfferDesk, jobs: Jobs, events: Events) {
    this.#clock = clock;
    this.#database = database;
    this.#desk = desk;
    this.#jobs = jobs;
    events.on(bookingChanged, (tx, _who, { before, after }) => this.#changed(tx, before, after));
    events.on(timeOpened, (tx, _who, opened) => this.#opened(tx, opened));
  }

  onModuleInit(): void {
    this.#jobs.work(offerFreed, (freed) => this.offer(freed));
    this.#jobs.work(offerOpened, (opened) => this.offerOpened(opened));
  }

  async #changed(tx: Tx, before: Booking, after: Booking): Promise<void> {
    if (before.state === 'held') await this.#settle(tx, after);
    const isGone = !occupiesTime(after) || after.startsAt !== before.startsAt || after.endsAt !== before.endsAt || after.specialistId !== before.specialistId;
    if (!occupiesTime(before) || !isGone || before.startsAt <= this.#clock.now().getTime()) return;
    const { specialistId, startsAt, endsAt } = before;
    await this.#jobs.send(tx, offerFreed, { specialistId, startsAt, endsAt });
  }

  async #opened(tx: Tx, opened: TimeOpened): Promise<void> {
    if (opened.endsAt !== null && opened.endsAt <= this.#clock.now().getTime()) return;
    await this.#jobs.send(tx, offerOpened, opened);
  }

  /** The hold of an offer became a booking, or nothing: the school is served, or waits on. */
  async #settle(tx: Tx, { collaborationId, id, state }: Booking): Promise<void> {
    if (state === 'held') return;
    const outcome = state === 'confirmed' || state === 'requested' ? 'accepted' : state === 'expired' ? 'expired' : 'declined';
    await tx.query(
      `with settled as (update waitlist_offer set outcome = $3 where collaboration_id = $1 and booking_id = $2 and outcome is null returning entry_id)
       update waitlist_entry e set state = $4 from settled where e.collaboration_id = $1 and e.id = settled.entry_id and e.state = 'offered'`,
      [collaborationId, id, outcome, outcome === 'accepted' ? 'booked' : 'waiting'],
    );
  }

  /** Goes down the line until somebody is eligible. What is left on either side of what they are offered is offered on. */
  async offer(freed: Slot): Promise<void> {
    if (freed.endsAt <= this.#clock.now().getTime()) return;
    for (const candidate of await this.#waitingFor(freed)) {
      const isOffered = await this.#database.write(systemScope([candidate.collaborationId]), async (tx) => {
        const offered = await this.#offerTo(tx, candidate, freed);
        if (offered && offered.startsAt > freed.startsAt) await this.#jobs.send(tx, offerFreed, { ...freed, endsAt: offered.startsAt });
        if (offered && offered.endsAt < freed.endsAt) await this.#jobs.send(tx, offerFreed, { ...freed, startsAt: offered.endsAt });
        return offered !== null;
      });
      if (isOffered) return;
    }
  }

  /** A specialist works who did not before: everybody in line is offered the first time in it that suits them. */
  async offerOpened(opened: TimeOpened): Promise<void> {
    for (const candidate of await this.#waitingFor(opened)) {
      await this.#database.write(systemScope([candidate.collaborationId]), (tx) => this.#offerTo(tx, candidate, opened));
    }
  }

  /** Who might be offered some of it, in order: whose span it touches. */
  #waitingFor({ specialistId, startsAt, endsAt }: OpenTime): Promise<Candidate[]> {
    return this.#database.read(systemScope(), (tx) =>
      sql<Candidate>(
        tx,
        `select ${candidateColumns}
           from waitlist_entry e
           join agreement_specialist s on s.collaboration_id = e.collaboration_id and s.agreement_id = e.agreement_id and s.specialist_id = $1
          where e.state = 'waiting' and (e.specialist_id is null or e.specialist_id = $1)
            and e.within_to > $2 and ($3::timestamptz is null or e.within_from < $3)
          order by e.asked_at, e.id limit 200`,
        [specialistId, isoOf(startsAt), endsAt === null ? null : isoOf(endsAt)],
      ),
    );
  }

  /** Null when nothing of it suits them that they were not offered before. */
  async #offerTo(tx: Tx, one: Candidate, open: OpenTime): Promise<Booking | null> {
    const { collaborationId, agreementId } = one;
    const { specialistId } = open;
    const now = this.#clock.now().getTime();
    const entry = entryOf(one);
    const span = spanToOffer(entry, open, now);
    if (!span) return null;
    const agreed = await this.#desk.agreed(tx, collaborationId, agreementId, specialistId);
    const { zone } = agreed.collaboration;
    const rules = await this.#desk.rules(tx, agreed, { schoolUrns: one.urns, ...daysAround(span, now, zone), specialistIds: [specialistId], now });
    const input = await this.#desk.openLocked(tx, rules, { agreementId, specialistId, urns: one.urns });
    const [waiting] = await sql(tx, `select 1 from waitlist_entry where collaboration_id = $1 and id = $2 and state = 'waiting' for update`, [collaborationId, one.id]);
    const period = waiting ? periodToOffer(input, entry, open, await this.#offeredBefore(tx, one, specialistId)) : null;
    const keptUntil = period ? offerKeptUntil(now, period.startsAt, agreed.agreement.terms.minimumNotice, zone) : now;
    if (!period || keptUntil <= now) return null;
    const booking = hold({ id: newId(), collaborationId, agreementId, requestedBy: one.askedBy ?? '', ...period, place: period.place ?? { schoolUrn: one.urns[0] ?? '' } }, keptUntil);
    await this.#desk.keep(tx, { booking, requestedByName: one.askedByName, orderedOn: dateAt(now, zone), chargeBasisPoints: null, references: {} }, agreed.agreement.terms, now);
    const offerId = newId();
    await tx.getRepository(WaitlistOfferEntity).insert({ id: offerId, collaborationId, entryId: one.id, bookingId: booking.id, specialistId, freedAt: booking.startsAt, offeredAt: now, expiresAt: keptUntil, outcome: null });
    await tx.query(`update waitlist_entry set state = 'offered' where collaboration_id = $1 and id = $2`, [collaborationId, one.id]);
    await this.#desk.tell(tx, { offerId, booking, zone, askedBy: one.askedBy, keptUntil });
    return booking;
  }

  /** The starts of what they left or let go. */
  async #offeredBefore(tx: Tx, one: Candidate, specialistId: string): Promise<number[]> {
    const offers = await sql<{ freedAt: Date }>(tx, `select freed_at as "freedAt" from waitlist_offer where collaboration_id = $1 and entry_id = $2 and specialist_id = $3`, [one.collaborationId, one.id, specialistId]);
    return offers.map(({ freedAt }) => freedAt.getTime());
  }
}

function entryOf(one: Candidate): WaitlistEntry {
  const place = one.remote ? ({ remote: true } as const) : one.placeUrn ? { schoolUrn: one.placeUrn } : undefined;
  return {
    id: one.id, schoolUrns: one.urns, specialistId: one.specialistId, minutes: one.minutes, askedAt: one.askedAt.getTime(),
    within: { startsAt: one.withinFrom.getTime(), endsAt: one.withinTo.getTime() }, ...(place ? { place } : {}),
  };
}
