import { Injectable } from '@nestjs/common';
import type { Payment, RecordPayment } from '@fairshare/contract/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import { lockPayment, MoneyIn, type PayableInvoice } from './money-in.js';

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

  /** Takes back a payment that was recorded by hand and that no line of the bank bears out: its opposite is booked. Doing it twice is the same as once. @throws `billing.payment-on-statement`, `billing.credit-note-not-payable` */
  async takeBack(who: Scope, collaborationId: string, invoiceId: string, paymentId: string): Promise<void> {
    assertAllSchools(who);
    await this.#database.write(who, async (tx) => {
      const spent = await sql(tx, 'select 1 from allocation where collaboration_id = $1 and invoice_id = $2 and payment_id = $3', [collaborationId, invoiceId, paymentId]);
      const payment = spent.length > 0 ? await lockPayment(tx, collaborationId, paymentId) : undefined;
      if (!payment) throw new DomainError('platform.not-found');
      if (payment.holdsNote) throw new DomainError('billing.credit-note-not-payable');
      if (payment.matched) throw new DomainError('billing.payment-on-statement');
      if (payment.reversed) return;
      await this.#moneyIn.reverse(tx, who, collaborationId, paymentId);
      await this.#trail.record(tx, who, { action: 'billing.payment-taken-back', collaborationId, subjectKind: 'payment', subjectId: paymentId, before: { invoiceId } });
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
