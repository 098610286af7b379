import { Injectable } from '@nestjs/common';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { Events } from '../platform/events.js';
import { Trail } from '../platform/trail.js';
import { subscriptionChanged } from './procurement.news.js';
import type { SubscriptionEntity } from './subscription.entity.js';

/** Who subscribed whom, and what was changed: for the trail, and for the rooms that count on it. */
@Injectable()
export class SubscriptionDeeds {
  readonly #events: Events;
  readonly #trail: Trail;

  constructor(events: Events, trail: Trail) {
    this.#events = events;
    this.#trail = trail;
  }

  async made(tx: Tx, who: Scope, after: SubscriptionEntity): Promise<void> {
    const { collaborationId, agreementId } = after;
    await this.#trail.record(tx, who, { action: 'procurement.subscribed', collaborationId, subjectKind: 'agreement', subjectId: agreementId, after });
  }

  async changed(tx: Tx, who: Scope, before: SubscriptionEntity, after: SubscriptionEntity): Promise<void> {
    const { collaborationId, agreementId, urn } = after;
    await this.#trail.record(tx, who, { action: 'procurement.subscription-changed', collaborationId, subjectKind: 'agreement', subjectId: agreementId, before, after });
    await this.#events.tell(tx, who, subscriptionChanged, { collaborationId, agreementId, urn });
  }
}
