import { Injectable, type OnModuleInit } from '@nestjs/common';
import { entitlementLeft } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { Events } from '../platform/events.js';
import { subscriptionChanged } from '../procurement/procurement.news.js';
import { EntitlementDesk } from './entitlement-desk.js';

/** Units that sessions hold cannot be taken away under them, nor moved to days that hold none of them. */
@Injectable()
export class UnitsInUse implements OnModuleInit {
  readonly #desk: EntitlementDesk;
  readonly #events: Events;

  constructor(desk: EntitlementDesk, events: Events) {
    this.#desk = desk;
    this.#events = events;
  }

  onModuleInit(): void {
    this.#events.on(subscriptionChanged, async (tx, _who, { collaborationId, agreementId, urn }) => {
      const { agreement } = await this.#desk.agreed(tx, collaborationId, agreementId);
      await this.#desk.lock(tx, [{ agreementId, schoolUrn: urn }]);
      const short = entitlementLeft(await this.#desk.read(tx, collaborationId, agreement, [urn])).find(({ leftMilliunits }) => leftMilliunits < 0);
      if (short) throw new DomainError('bookings.units-in-use', { schoolUrn: urn, from: short.period.from, missingMilliunits: -short.leftMilliunits });
    });
  }
}
