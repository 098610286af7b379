import { Injectable } from '@nestjs/common';
import type { Payment, RecordPayment } from '@fairshare/contract/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import { MoneyIn, type PayableInvoice } from './money-in.js';

/** Payments recorded by hand, before or without a line of the bank. */
@Injectable()
export class Payments {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #moneyIn: MoneyIn;
  readonly #trail: Trail;

  constructor(database: Database, clock: Clock, moneyIn: MoneyIn, trail: Trail) {
    this.#database = database;
    this.#clock = clock;
    this.#moneyIn = moneyIn;
    this.#trail = trail;
  }

  /** A bank transfer for an invoice; what is over is held as the school's credit. */
  async record(who: Scope, collaborationId: string, invoiceId: string, wanted: RecordPayment): Promise<Payment> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      if (wanted.paidOn > this.#clock.today()) throw new DomainError('billing.payment-in-future');
      const [invoice] = (await this.#moneyIn.payable(tx, collaborationId, [invoiceId])) as [PayableInvoice];
      const pence = Math.min(wanted.pence, invoice.outstandingPence);
      const id = await this.#moneyIn.receive(tx, who, {
        collaborationId, urn: invoice.urn, pence: wanted.pence, paidOn: wanted.paidOn, reference: wanted.reference,
        allocations: pence > 0 ? [{ invoiceId, pence }] : [],
      });
      await this.#trail.record(tx, who, { action: 'billing.payment-recorded', collaborationId, subjectKind: 'payment', subjectId: id, after: { invoiceId, pence: wanted.pence } });
      return { id, paidOn: wanted.paidOn, pence: wanted.pence, allocatedPence: pence, reference: wanted.reference, matched: false, reversed: false };
    });
  }

  /** Spends what is held for the school on one of its invoices. @throws `billing.no-credit` */
  async useCredit(who: Scope, collaborationId: string, invoiceId: string) {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const [invoice] = (await this.#moneyIn.payable(tx, collaborationId, [invoiceId])) as [PayableInvoice];
      const pence = await this.#moneyIn.useCredit(tx, who, collaborationId, invoice);
      if (pence === 0) throw new DomainError('billing.no-credit');
      await this.#trail.record(tx, who, { action: 'billing.credit-used', collaborationId, subjectKind: 'invoice', subjectId: invoiceId, after: { pence } });
      return { usedPence: pence };
    });
  }
}
