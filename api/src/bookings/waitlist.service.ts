import { Injectable } from '@nestjs/common';
import type { NewWaitlistEntry, WaitlistEntry } from '@fairshare/contract/waitlist';
import { lengthIsOnOffer } from '@fairshare/domain/availability';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { addDays } from '@fairshare/domain/kernel/period';
import { isoOf, parseInstant, startOfDate, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { assertMayActFor } from './booking-access.js';
import { Holds } from './holds.service.js';
import { SlotDesk } from './slot-desk.js';
import { WaitlistEntryEntity } from './waitlist-entry.entity.js';

const mostEntries = 100;

/** Waiting for time: joining, leaving, and answering what is offered. */
@Injectable()
export class WaitlistService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #desk: SlotDesk;
  readonly #holds: Holds;
  readonly #trail: Trail;

  constructor(clock: Clock, database: Database, desk: SlotDesk, holds: Holds, trail: Trail) {
    this.#clock = clock;
    this.#database = database;
    this.#desk = desk;
    this.#holds = holds;
    this.#trail = trail;
  }

  /** One's own schools' entries that are not over, first come first. */
  list(who: Scope, collaborationId: string): Promise<{ items: WaitlistEntry[] }> {
    return this.#database.read(who, async (tx) => ({ items: await this.#shown(tx, who, collaborationId, null) }));
  }

  join(who: Scope, collaborationId: string, wanted: NewWaitlistEntry): Promise<WaitlistEntry> {
    assertMayActFor(who, { schoolUrns: wanted.schoolUrns, specialistId: '' });
    return this.#database.write(who, async (tx) => {
      const { collaboration, agreement } = await this.#desk.agreed(tx, collaborationId, wanted.agreementId);
      const within = spanOf(wanted, collaboration.zone);
      const now = this.#clock.now().getTime();
      if (within.endsAt <= Math.max(now, within.startsAt)) throw new DomainError('bookings.ends-before-it-starts');
      if (!lengthIsOnOffer(agreement.terms, wanted.minutes)) throw new DomainError('bookings.length-not-on-offer', { minutes: wanted.minutes, lengthsMinutes: agreement.terms.lengthsMinutes });
      if (wanted.specialistId && !agreement.specialistIds.includes(wanted.specialistId)) throw new DomainError('bookings.specialist-not-offered', { specialistId: wanted.specialistId });
      const strangers = wanted.schoolUrns.filter((urn) => !agreement.subscriptions.some((one) => one.urn === urn));
      if (strangers.length > 0) throw new DomainError('availability.not-subscribed', { schoolUrn: strangers[0] });
      const entry = entryOf(who, collaborationId, wanted, within, now);
      const waiting = await tx.getRepository(WaitlistEntryEntity).count({ where: { collaborationId, agreementId: wanted.agreementId, state: 'waiting' } });
      if (waiting >= mostEntries) throw new DomainError('bookings.waitlist-full', { most: mostEntries });
      await tx.getRepository(WaitlistEntryEntity).insert(entry);
      await this.#trail.record(tx, who, { action: 'bookings.waitlist-joined', collaborationId, subjectKind: 'waitlist-entry', subjectId: entry.id, after: wanted });
      return (await this.#shown(tx, who, collaborationId, entry.id))[0] as WaitlistEntry;
    });
  }

  /** What was offered to it is let go, for who is next in line. */
  async leave(who: Scope, collaborationId: string, entryId: string): Promise<void> {
    const held = await this.#database.write(who, async (tx) => {
      const entry = await this.#own(tx, who, collaborationId, entryId);
      if (entry.state === 'left' || entry.state === 'booked') return null;
      const [open] = await sql<{ bookingId: string }>(tx, `select booking_id as "bookingId" from waitlist_offer where collaboration_id = $1 and entry_id = $2 and outcome is null`, [collaborationId, entryId]);
      await tx.getRepository(WaitlistEntryEntity).update({ collaborationId, id: entryId }, { state: 'left' });
      await this.#trail.record(tx, who, { action: 'bookings.waitlist-left', collaborationId, subjectKind: 'waitlist-entry', subjectId: entryId });
      return open?.bookingId ?? null;
    });
    if (held) await this.#holds.decline(who, collaborationId, held);
  }

  /** The offered period becomes the booking that was waited for. */
  async accept(who: Scope, collaborationId: string, offerId: string) {
    return this.#holds.confirm(who, collaborationId, await this.#heldBy(who, collaborationId, offerId));
  }

  /** It goes to the next in line; the school goes on waiting for another. */
  async decline(who: Scope, collaborationId: string, offerId: string) {
    return this.#holds.decline(who, collaborationId, await this.#heldBy(who, collaborationId, offerId));
  }

  #heldBy(who: Scope, collaborationId: string, offerId: string): Promise<string> {
    return this.#database.read(who, async (tx) => {
      const [offer] = await sql<{ bookingId: string; urns: string[] }>(
        tx,
        `select o.booking_id as "bookingId", e.urns from waitlist_offer o join waitlist_entry e on e.collaboration_id = o.collaboration_id and e.id = o.entry_id
          where o.collaboration_id = $1 and o.id = $2`,
        [collaborationId, offerId],
      );
      if (!offer) throw new DomainError('platform.not-found');
      assertMayActFor(who, { schoolUrns: offer.urns, specialistId: '' });
      return offer.bookingId;
    });
  }

  async #own(tx: Tx, who: Scope, collaborationId: string, id: string): Promise<WaitlistEntryEntity> {
    const entry = await tx.getRepository(WaitlistEntryEntity).findOne({ where: { collaborationId, id }, lock: { mode: 'pessimistic_write' } });
    if (!entry) throw new DomainError('platform.not-found');
    assertMayActFor(who, { schoolUrns: entry.urns, specialistId: '' });
    return entry;
  }

  async #shown(tx: Tx, who: Scope, collaborationId: string, id: string | null): Promise<WaitlistEntry[]> {
    const now = isoOf(this.#clock.now().getTime());
    const rows = await sql<Omit<WaitlistEntry, 'from' | 'to' | 'askedAt' | 'offer'> & { from: Date; to: Date; askedAt: Date; offer: WaitlistEntry['offer'] }>(
      tx,
      `select e.id, e.agreement_id as "agreementId", v.name as "serviceName", e.specialist_id as "specialistId", p.name as "specialistName", e.minutes,
              e.within_from as "from", e.within_to as "to", e.asked_at as "askedAt", e.asked_by_name as "askedBy",
              (select json_agg(json_build_object('urn', s.urn, 'name', s.name) order by array_position(e.urns, s.urn)) from school s where s.urn = any (e.urns)) as schools,
              (select json_build_object('id', o.id, 'bookingId', o.booking_id, 'specialistId', b.specialist_id, 'specialistName', q.name,
                        'startsAt', to_json(b.starts_at), 'endsAt', to_json(b.ends_at), 'expiresAt', to_json(o.expires_at))
                 from waitlist_offer o join booking b on b.collaboration_id = o.collaboration_id and b.id = o.booking_id join specialist q on q.id = b.specialist_id
                where o.collaboration_id = e.collaboration_id and o.entry_id = e.id and o.outcome is null and o.expires_at > $3) as offer
         from waitlist_entry e
         join agreement a on a.collaboration_id = e.collaboration_id and a.id = e.agreement_id
         join service v on v.collaboration_id = a.collaboration_id and v.id = a.service_id
         left join specialist p on p.id = e.specialist_id
        where e.collaboration_id = $1 and ($2::uuid is null or e.id = $2) and e.state in ('waiting', 'offered') and e.within_to > $3
          and ($4::text[] is null or e.urns <@ $4) order by e.asked_at, e.id limit 500`,
      [collaborationId, id, now, who.schoolUrns === 'all' ? null : who.schoolUrns],
    );
    return rows.map((row) => ({
      ...row, from: row.from.toISOString(), to: row.to.toISOString(), askedAt: row.askedAt.toISOString(),
      offer: row.offer && { ...row.offer, startsAt: asIso(row.offer.startsAt), endsAt: asIso(row.offer.endsAt), expiresAt: asIso(row.offer.expiresAt) },
    }));
  }
}

const asIso = (text: string) => new Date(text).toISOString();

/** A date as `to` includes that day. */
function spanOf(wanted: NewWaitlistEntry, zone: string): InstantPeriod {
  const isDate = (text: string) => text.length === 10;
  return {
    startsAt: isDate(wanted.from) ? startOfDate(wanted.from, zone) : parseInstant(wanted.from, zone),
    endsAt: isDate(wanted.to) ? startOfDate(addDays(wanted.to, 1), zone) : parseInstant(wanted.to, zone),
  };
}

function entryOf(who: Scope, collaborationId: string, wanted: NewWaitlistEntry, within: InstantPeriod, now: number): WaitlistEntryEntity {
  const { place } = wanted;
  return {
    id: newId(), collaborationId, agreementId: wanted.agreementId, specialistId: wanted.specialistId ?? null, urns: wanted.schoolUrns,
    placeUrn: place && 'schoolUrn' in place ? place.schoolUrn : null, remote: place !== undefined && 'remote' in place,
    minutes: wanted.minutes, withinFrom: within.startsAt, withinTo: within.endsAt, state: 'waiting', askedBy: who.userId, askedByName: who.name, askedAt: now,
  };
}
