import { Injectable } from '@nestjs/common';
import type { SubscriptionBody, SubscriptionChange, SubscriptionEntry } from '@fairshare/contract/agreements';
import type { PageQuery } from '@fairshare/contract/list';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { assertMaySubscribe, assertSubscriptionMayChange } from '@fairshare/domain/procurement';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import type { AgreementRecord } from './agreement-record.js';
import { oneAtATime, pageOf } from './one-at-a-time.js';
import { assertMayReadAgreement } from './own-agreements.js';
import { ProcurementQueries } from './procurement.queries.js';
import { SubscriptionDeeds } from './subscription-deeds.js';
import { SubscriptionEntity } from './subscription.entity.js';

type Wanted = SubscriptionChange & { readonly urn: string };

/** Which schools take part in an agreement, from when until when, and what they buy in advance. */
@Injectable()
export class SubscriptionsService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #queries: ProcurementQueries;
  readonly #schools: SchoolsQueries;
  readonly #deeds: SubscriptionDeeds;

  constructor(clock: Clock, database: Database, queries: ProcurementQueries, schools: SchoolsQueries, deeds: SubscriptionDeeds) {
    this.#clock = clock;
    this.#database = database;
    this.#queries = queries;
    this.#schools = schools;
    this.#deeds = deeds;
  }

  list(who: Scope, collaborationId: string, agreementId: string, query: PageQuery) {
    return this.#database.read(who, async (tx) => {
      const agreement = await this.#queries.agreement(tx, collaborationId, agreementId);
      assertMayReadAgreement(who, agreement);
      const { subscriptions } = agreement;
      const names = await this.#schools.names(tx, subscriptions.map((part) => part.urn));
      return pageOf(subscriptions.map((part) => ({ ...part, schoolName: names.get(part.urn) ?? part.urn })), query);
    });
  }

  subscribe(who: Scope, collaborationId: string, agreementId: string, body: SubscriptionBody): Promise<SubscriptionEntry> {
    return this.#database.write(who, async (tx) => {
      await oneAtATime(tx, collaborationId);
      const id = await this.subscribeIn(tx, who, collaborationId, agreementId, body);
      return this.#one(tx, collaborationId, agreementId, id);
    });
  }

  /** Within the transaction of whoever makes the agreement. */
  async subscribeIn(tx: Tx, who: Scope, collaborationId: string, agreementId: string, body: SubscriptionBody): Promise<string> {
    const agreement = await this.#queries.agreement(tx, collaborationId, agreementId);
    await this.#assertMay(tx, collaborationId, agreement, body, null);
    const subscription = { id: newId(), collaborationId, agreementId, urn: body.urn, ...daysAndUnits(body) };
    await tx.getRepository(SubscriptionEntity).insert(subscription);
    await this.#deeds.made(tx, who, subscription);
    return subscription.id;
  }

  change(who: Scope, collaborationId: string, agreementId: string, subscriptionId: string, body: SubscriptionChange): Promise<SubscriptionEntry> {
    return this.#database.write(who, async (tx) => {
      await oneAtATime(tx, collaborationId);
      const agreement = await this.#queries.agreement(tx, collaborationId, agreementId);
      const before = await tx.getRepository(SubscriptionEntity).findOneBy({ collaborationId, agreementId, id: subscriptionId });
      if (!before) throw new DomainError('platform.not-found');
      const after = { ...before, ...daysAndUnits(body) };
      assertSubscriptionMayChange(before, after, this.#clock.today());
      await this.#assertMay(tx, collaborationId, agreement, { ...body, urn: before.urn }, subscriptionId);
      await tx.getRepository(SubscriptionEntity).update({ collaborationId, id: subscriptionId }, after);
      await this.#deeds.changed(tx, who, before, after);
      return this.#one(tx, collaborationId, agreementId, subscriptionId);
    });
  }

  async #assertMay(tx: Tx, collaborationId: string, agreement: AgreementRecord, wanted: Wanted, itself: string | null): Promise<void> {
    const members = await this.#schools.members(tx, collaborationId, wanted.from);
    const others = agreement.subscriptions.filter((part) => part.urn === wanted.urn && part.id !== itself).map((part) => ({ fromOn: part.from, untilOn: part.until }));
    assertMaySubscribe({ urn: wanted.urn, fromOn: wanted.from, untilOn: wanted.until ?? null }, agreement, members, others);
  }

  async #one(tx: Tx, collaborationId: string, agreementId: string, id: string): Promise<SubscriptionEntry> {
    const { subscriptions } = await this.#queries.agreement(tx, collaborationId, agreementId);
    const found = subscriptions.find((part) => part.id === id);
    if (!found) throw new DomainError('platform.not-found');
    const names = await this.#schools.names(tx, [found.urn]);
    return { ...found, schoolName: names.get(found.urn) ?? found.urn };
  }
}

const daysAndUnits = (body: SubscriptionChange) => ({ fromOn: body.from, untilOn: body.until ?? null, entitlementMilliunits: body.entitlementMilliunits ?? null });
