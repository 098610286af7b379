import { Injectable } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DatePeriod } from '@fairshare/domain/kernel/period';
import { sharePence } from '@fairshare/domain/sharing';
import { BookingsQueries } from '../bookings/bookings.queries.js';
import type { Tx } from '../platform/database.js';
import type { AgreementRecord } from '../procurement/agreement-record.js';
import { Bases } from './bases.js';
import type { Use } from './new-charge.js';

/** Says how something that is still to be charged would be shared today. Nothing is stored and nothing is promised. */
@Injectable()
export class ExpectedShares {
  readonly #bases: Bases;
  readonly #bookings: BookingsQueries;

  constructor(bases: Bases, bookings: BookingsQueries) {
    this.#bases = bases;
    this.#bookings = bookings;
  }

  /**
   * Pence by URN. A rule by use goes by the use that is handed in, else by what was delivered so far, else equally.
   * Empty when the rule cannot divide it.
   */
  async of(tx: Tx, collaborationId: string, agreement: AgreementRecord, pence: number, period: DatePeriod, use?: readonly Use[]): Promise<Map<string, number>> {
    try {
      const wanted = { use: use ?? (await this.#useSoFar(tx, collaborationId, agreement)) };
      const charge = { collaborationId, agreementId: agreement.id, serviceFrom: period.from, serviceTo: period.to, belongsOn: period.from, wanted };
      const { basis } = await this.#bases.of(tx, charge);
      const shares = sharePence({ amountPence: pence, rule: basis.rule, participants: basis.participants, period: basis.spread ? period : null });
      return new Map(shares.map((share) => [share.school, share.pence]));
    } catch (error) {
      if (error instanceof DomainError && /^(cost-sharing|sharing|procurement)\./.test(error.code)) return new Map();
      throw error;
    }
  }

  async #useSoFar(tx: Tx, collaborationId: string, agreement: AgreementRecord): Promise<readonly Use[]> {
    const use = await this.#bookings.deliveredUse(tx, collaborationId, agreement.id, agreement.startsOn, agreement.endsOn);
    return use.some(({ minutes }) => minutes > 0) ? use : agreement.subscriptions.map(({ urn }) => ({ urn, minutes: 1 }));
  }
}
