import { DomainError } from '../kernel/domain-error.js';
import { creditShares } from '../kernel/money.js';
import type { BillingProblem } from './billing-problem.js';

/** A line of an issued invoice and what was taken back of it so far, in pence. */
export interface CreditableLine {
  readonly id: string;
  readonly netPence: number;
  readonly vatPence: number;
  readonly creditedNetPence: number;
  readonly creditedVatPence: number;
}

export interface CreditLine {
  readonly invoiceLineId: string;
  readonly netPence: number;
  readonly vatPence: number;
}

/**
 * A credit of `pence` with VAT over what is left of the lines: net and VAT are divided together, so that small credits
 * end exactly at nothing. Refuses more than is left with `billing.credit-too-large`, nothing with `billing.nothing-to-credit`.
 */
export function creditLines(pence: number, lines: readonly CreditableLine[]): CreditLine[] {
  const leftPence = lines.reduce((sum, line) => sum + leftOf(line), 0);
  if (leftPence === 0 || pence === 0) throw new DomainError<BillingProblem>('billing.nothing-to-credit', { leftPence });
  if (pence < 0 || pence > leftPence) throw new DomainError<BillingProblem>('billing.credit-too-large', { pence, leftPence });
  const parts = lines.flatMap((line) => [
    { key: `${line.id} net`, chargedPence: line.netPence, creditedPence: line.creditedNetPence },
    { key: `${line.id} vat`, chargedPence: line.vatPence, creditedPence: line.creditedVatPence },
  ]);
  const credited = new Map(creditShares(pence, parts).map((part) => [part.key, part.pence]));
  return lines
    .map((line) => ({ invoiceLineId: line.id, netPence: credited.get(`${line.id} net`)!, vatPence: credited.get(`${line.id} vat`)! }))
    .filter((line) => line.netPence !== 0 || line.vatPence !== 0);
}

/** What was billed on a line with VAT and not yet taken back. */
export function leftOf(line: CreditableLine): number {
  return line.netPence + line.vatPence - line.creditedNetPence - line.creditedVatPence;
}
