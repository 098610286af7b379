import { Injectable } from '@nestjs/common';
import type { MatchRequest } from '@fairshare/contract/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { lockPayment, MoneyIn } from './money-in.js';
import { MoneyOut } from './money-out.js';

/** A bank line that is locked for this transaction and matched to nothing. */
export interface LineToMatch {
  readonly id: string;
  readonly bookedOn: DateOnly;
  readonly description: string;
  readonly pence: number;
}

/** Finds or makes the payment that stands behind a bank line. */
@Injectable()
export class LineMatching {
  readonly #moneyIn: MoneyIn;
  readonly #moneyOut: MoneyOut;
  readonly #schools: SchoolsQueries;

  constructor(moneyIn: MoneyIn, moneyOut: MoneyOut, schools: SchoolsQueries) {
    this.#moneyIn = moneyIn;
    this.#moneyOut = moneyOut;
    this.#schools = schools;
  }

  /** @returns the payment's id. */
  async paymentFor(tx: Tx, who: Scope, collaborationId: string, line: LineToMatch, wanted: MatchRequest): Promise<string> {
    if (wanted.paymentId) return recordedPayment(tx, collaborationId, line, wanted.paymentId);
    if (wanted.supplierBillId) {
      if (line.pence > 0) throw new DomainError('billing.wrong-direction');
      return this.#moneyOut.pay(tx, who, { collaborationId, supplierBillId: wanted.supplierBillId, pence: 0 - line.pence, paidOn: line.bookedOn, reference: line.description });
    }
    if (line.pence < 0) {
      if (wanted.invoices || !wanted.schoolUrn) throw new DomainError('billing.wrong-direction');
      await this.#assertMember(tx, collaborationId, wanted.schoolUrn, line.bookedOn);
      return this.#moneyIn.payBack(tx, who, { collaborationId, urn: wanted.schoolUrn, pence: 0 - line.pence, paidOn: line.bookedOn, reference: line.description });
    }
    const allocations = await this.#allocations(tx, collaborationId, line, wanted);
    const urn = allocations.urn ?? wanted.schoolUrn;
    if (!urn || (wanted.schoolUrn && wanted.schoolUrn !== urn)) throw new DomainError('billing.other-payer');
    await this.#assertMember(tx, collaborationId, urn, line.bookedOn);
    return this.#moneyIn.receive(tx, who, { collaborationId, urn, pence: line.pence, paidOn: line.bookedOn, reference: line.description, allocations: allocations.parts });
  }

  takeBack(tx: Tx, who: Scope, collaborationId: string, paymentId: string): Promise<void> {
    return this.#moneyIn.reverse(tx, who, collaborationId, paymentId);
  }

  /** Each invoice gets what was said, or as much as is left of the line; what is over is held as the school's credit. */
  async #allocations(tx: Tx, collaborationId: string, line: LineToMatch, wanted: MatchRequest) {
    const chosen = new Map((wanted.invoices ?? []).map((invoice) => [invoice.invoiceId, invoice.pence]));
    const invoices = await this.#moneyIn.payable(tx, collaborationId, [...chosen.keys()]);
    if (new Set(invoices.map((invoice) => invoice.urn)).size > 1) throw new DomainError('billing.other-payer');
    let left = line.pence;
    const parts = invoices.map((invoice) => {
      const pence = chosen.get(invoice.id) ?? Math.min(left, invoice.outstandingPence);
      if (pence > invoice.outstandingPence) throw new DomainError('billing.payment-too-large', { leftPence: invoice.outstandingPence });
      if (pence <= 0 || pence > left) throw new DomainError('billing.amounts-differ', { leftPence: left });
      left -= pence;
      return { invoiceId: invoice.id, pence };
    });
    return { parts, urn: invoices[0]?.urn };
  }

  /** Invoices say whose they are; a school whose credit is to be held or paid back must have been a member. */
  async #assertMember(tx: Tx, collaborationId: string, urn: string, on: DateOnly): Promise<void> {
    const members = await this.#schools.members(tx, collaborationId, '1900-01-01', on);
    if (!members.some((member) => member.urn === urn)) throw new DomainError('billing.not-a-member');
  }
}

/** A payment that was recorded by hand, of exactly this amount and not matched to another line. */
async function recordedPayment(tx: Tx, collaborationId: string, line: LineToMatch, paymentId: string): Promise<string> {
  const payment = await lockPayment(tx, collaborationId, paymentId);
  if (!payment || payment.reversed) throw new DomainError('platform.not-found');
  if (payment.matched) throw new DomainError('billing.line-matched-already');
  if (payment.pence !== line.pence) throw new DomainError('billing.amounts-differ', { pence: payment.pence });
  return paymentId;
}
