import { Injectable } from '@nestjs/common';
import { addDays } from '@fairshare/domain/kernel/period';
import { priceOn } from '@fairshare/domain/procurement';
import { upliftedPence, type UpliftTerms } from '@fairshare/domain/sharing';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { PricesService } from '../procurement/prices.service.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';

/** Makes the dated price of a yearly uplift; instalments bear theirs as they fall due. */
@Injectable()
export class Uplifts {
  readonly #prices: PricesService;
  readonly #procurement: ProcurementQueries;

  constructor(prices: PricesService, procurement: ProcurementQueries) {
    this.#prices = prices;
    this.#procurement = procurement;
  }

  /** @throws `procurement.price-…` where a price may not begin on that day. */
  async raise(tx: Tx, who: Scope, collaborationId: string, agreementId: string, from: string, terms: UpliftTerms): Promise<void> {
    const { prices } = await this.#procurement.agreement(tx, collaborationId, agreementId);
    const before = priceOn(prices, addDays(from, -1));
    if (before !== null) await this.#prices.setIn(tx, who, collaborationId, agreementId, { from, pence: upliftedPence(before, terms) });
  }
}
