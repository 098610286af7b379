import { Injectable } from '@nestjs/common';
import type { AgreementDetail, DatedPriceBody } from '@fairshare/contract/agreements';
import { assertPriceMayFollow } from '@fairshare/domain/procurement';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import { AgreementPriceEntity } from './agreement-price.entity.js';
import { AgreementReader } from './agreement-reader.js';
import { oneAtATime } from './one-at-a-time.js';

/** What one unit is priced at, from which day. */
@Injectable()
export class PricesService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #reader: AgreementReader;
  readonly #trail: Trail;

  constructor(clock: Clock, database: Database, reader: AgreementReader, trail: Trail) {
    this.#clock = clock;
    this.#database = database;
    this.#reader = reader;
    this.#trail = trail;
  }

  set(who: Scope, collaborationId: string, agreementId: string, body: DatedPriceBody): Promise<AgreementDetail> {
    return this.#database.write(who, async (tx) => {
      await this.setIn(tx, who, collaborationId, agreementId, body);
      return this.#reader.detail(tx, collaborationId, agreementId);
    });
  }

  /** Within the transaction of whoever agrees it. Another price for the same day replaces it. */
  async setIn(tx: Tx, who: Scope, collaborationId: string, agreementId: string, body: DatedPriceBody): Promise<void> {
    await oneAtATime(tx, collaborationId);
    const agreement = await this.#reader.detail(tx, collaborationId, agreementId);
    assertPriceMayFollow(body.from, this.#clock.today(), agreement, agreement.rules.some((rule) => rule.frozen));
    await tx.getRepository(AgreementPriceEntity).save({ collaborationId, agreementId, effectiveOn: body.from, pence: body.pence });
    await this.#trail.record(tx, who, {
      action: 'procurement.price-agreed', collaborationId, subjectKind: 'agreement', subjectId: agreementId, before: { prices: agreement.prices }, after: body,
    });
  }
}
