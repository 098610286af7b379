import { Injectable } from '@nestjs/common';
import type { Conversion, NewConversion } from '@fairshare/contract/conversions';
import { unitsFollow, unitsHandedOver } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { isoOf, startOfDate } from '@fairshare/domain/kernel/zone';
import { followSite } from '../availability/successors.js';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { followSubscription, handOverSubscription, subscriptionsToFollow, type SubscriptionToFollow } from '../procurement/successors.js';
import { beginMembership, endMembership, successorOf, type Succession } from '../schools/successors.js';
import { EntitlementDesk } from './entitlement-desk.js';

/** Thrown at the end of a dry run, so that everything that was tried is undone. */
class OnlyTried extends Error {
  constructor(readonly conversion: Conversion) {
    super('This was a dry run.');
  }
}

interface Coming {
  readonly id: string;
  readonly agreementId: string;
}

/**
 * A school becomes an academy. From its day on the new URN has the membership, the subscriptions with what is left of
 * their units, and the coming sessions; what was before keeps the old one. Doing it again moves only what came in between.
 */
@Injectable()
export class Conversions {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #desk: EntitlementDesk;
  readonly #trail: Trail;

  constructor(clock: Clock, database: Database, desk: EntitlementDesk, trail: Trail) {
    this.#clock = clock;
    this.#database = database;
    this.#desk = desk;
    this.#trail = trail;
  }

  async convert(who: Scope, collaborationId: string, wanted: NewConversion, dryRun: boolean): Promise<Conversion> {
    if (!dryRun) return this.#database.write(who, (tx) => this.#convert(tx, who, collaborationId, wanted));
    try {
      return await this.#database.read(who, async (tx) => {
        throw new OnlyTried(await this.#convert(tx, who, collaborationId, wanted));
      });
    } catch (error) {
      if (error instanceof OnlyTried) return error.conversion;
      throw error;
    }
  }

  async #convert(tx: Tx, who: Scope, collaborationId: string, { fromUrn, toUrn, on }: NewConversion): Promise<Conversion> {
    const zone = await this.#zoneOfMember(tx, collaborationId, fromUrn);
    const registered = await successorOf(tx, fromUrn);
    if (!registered || (toUrn !== undefined && toUrn !== registered)) throw new DomainError('bookings.not-the-successor', { fromUrn, toUrn: toUrn ?? null, successorUrn: registered ?? null });
    const succession: Succession = { collaborationId, fromUrn, toUrn: registered, on };
    const membership = await beginMembership(tx, succession, newId());
    // As everybody else does: first the subscriptions, then the units under them, then the sessions that draw on those.
    const subscriptions = await subscriptionsToFollow(tx, succession);
    await this.#desk.lock(tx, subscriptions.flatMap(({ agreementId }) => [fromUrn, registered].map((schoolUrn) => ({ agreementId, schoolUrn }))));
    const coming = await this.#coming(tx, succession, isoOf(startOfDate(on, zone)));
    const agreements: Conversion['agreements'] = [];
    for (const followed of subscriptions) agreements.push(await this.#follow(tx, who, succession, followed, coming));
    await this.#rename(tx, who, succession, coming);
    await followSite(tx, succession, coming.map(({ id }) => id));
    await endMembership(tx, succession);
    const conversion = { fromUrn, toUrn: registered, on, membership, bookings: coming.length, agreements };
    for (const subjectId of [fromUrn, registered]) {
      await this.#trail.record(tx, who, { action: 'bookings.school-followed', collaborationId, subjectKind: 'school', subjectId, after: conversion });
    }
    return conversion;
  }

  /** Who converts the same school at the same time waits here. */
  async #zoneOfMember(tx: Tx, collaborationId: string, urn: string): Promise<string> {
    const [row] = await sql<{ zone: string }>(
      tx, 'select c.zone from membership m join collaboration c on c.id = m.collaboration_id where m.collaboration_id = $1 and m.urn = $2 order by m.id for no key update of m', [collaborationId, urn],
    );
    if (!row) throw new DomainError('platform.not-found');
    return row.zone;
  }

  /** Sessions from the day on that are not over: they are locked until all is done. */
  #coming(tx: Tx, { collaborationId, fromUrn, toUrn }: Succession, startsAt: string): Promise<Coming[]> {
    return sql<Coming>(
      tx,
      `select b.id, b.agreement_id as "agreementId" from booking b
        where b.collaboration_id = $1 and b.starts_at >= $4 and b.state in ('held', 'requested', 'confirmed', 'needs-replanning')
          and exists (select from booking_school s where s.collaboration_id = b.collaboration_id and s.booking_id = b.id and s.urn = $2)
          and not exists (select from booking_school s where s.collaboration_id = b.collaboration_id and s.booking_id = b.id and s.urn = $3)
        order by b.starts_at, b.id for update of b`,
      [collaborationId, fromUrn, toUrn, startsAt],
    );
  }

  async #follow(tx: Tx, who: Scope, succession: Succession, followed: SubscriptionToFollow, coming: readonly Coming[]): Promise<Conversion['agreements'][number]> {
    const { collaborationId, fromUrn, toUrn, on } = succession;
    const { agreement } = await this.#desk.agreed(tx, collaborationId, followed.agreementId);
    const later = followed.from >= on;
    const change = (entitlementMilliunits: number | null) =>
      later ? handOverSubscription(tx, succession, followed) : followSubscription(tx, succession, followed, { id: newId(), entitlementMilliunits });
    if (followed.entitlementMilliunits === null) {
      await change(null);
      return { agreementId: agreement.id, agreementName: agreement.name, leftMilliunits: null };
    }
    const account = (schoolUrn: string, from: string) => ({ schoolUrn, agreementId: agreement.id, period: { from, to: followed.until } });
    const units = (later ? unitsHandedOver : unitsFollow)(
      await this.#desk.read(tx, collaborationId, agreement, [fromUrn, toUrn]),
      { old: account(fromUrn, followed.from), next: account(toUrn, later ? followed.from : on) },
      coming.filter((one) => one.agreementId === agreement.id).map(({ id }) => id),
      this.#clock.today(),
    );
    await change(units.grantedMilliunits);
    await this.#desk.record(tx, who, collaborationId, units.lines);
    return { agreementId: agreement.id, agreementName: agreement.name, leftMilliunits: units.grantedMilliunits };
  }

  async #rename(tx: Tx, who: Scope, { collaborationId, fromUrn, toUrn }: Succession, coming: readonly Coming[]): Promise<void> {
    const ids = coming.map(({ id }) => id);
    if (ids.length === 0) return;
    await sql(tx, 'update booking_school set urn = $3 where collaboration_id = $1 and urn = $2 and booking_id = any ($4::uuid[])', [collaborationId, fromUrn, toUrn, ids]);
    await sql(
      tx,
      `update booking set place_urn = case when place_urn = $2 then $3 else place_urn end, on_behalf_of = case when on_behalf_of = $2 then $3 else on_behalf_of end,
              sequence = sequence + 1, last_deed = null, changed_at = $5
        where collaboration_id = $1 and id = any ($4::uuid[])`,
      [collaborationId, fromUrn, toUrn, ids, this.#clock.now()],
    );
    for (const subjectId of ids) {
      await this.#trail.record(tx, who, { action: 'bookings.school-followed', collaborationId, subjectKind: 'booking', subjectId, before: { schoolUrn: fromUrn }, after: { schoolUrn: toUrn } });
    }
  }
}
