import { assertBalanced } from './entry.js';
import type { AccountName, Posting } from './account.js';

/** Pence of one school: its share, or its part of a payment. */
export interface SchoolPart {
  readonly urn: string;
  readonly pence: number;
}

/** What bears a charge until the schools do: the pool, the lead school's income for its fee, or what was carried. */
export type ChargeSource = 'pool' | 'lead-school-income' | 'carried';

const of = (account: AccountName, pence: number, schoolUrn: string | null = null): Posting => ({ account, schoolUrn, pence });

/** Lines of nothing say nothing and are left out; an entry in which nothing moves keeps one, since it happened. */
function entry(...postings: readonly Posting[]): Posting[] {
  assertBalanced(postings);
  const said = postings.filter(({ pence }) => pence !== 0);
  return said.length > 0 ? said : postings.slice(0, 1);
}

/** Which account a charge of a kind is earned on: the lead school's fee is its own income, everything else fills the pool. */
export function sourceOf(chargeKind: string): ChargeSource {
  return chargeKind === 'administration-fee' ? 'lead-school-income' : 'pool';
}

/** A charge that cannot be divided yet. */
export function chargeWaits(pence: number, source: ChargeSource): Posting[] {
  return entry(of('charges-to-share', pence), of(source, 0 - pence));
}

/** A charge has been divided: each school owes its share. Negative shares give back. */
export function chargeShared(shares: readonly SchoolPart[], source: ChargeSource | 'charges-to-share'): Posting[] {
  const pence = shares.reduce((sum, share) => sum + share.pence, 0);
  return entry(...shares.map((share) => of('shares-to-invoice', share.pence, share.urn)), of(source, 0 - pence));
}

/** What an invoice or a credit note comes to. */
export interface DocumentTotals {
  readonly urn: string;
  readonly netPence: number;
  readonly vatPence: number;
  /** The part of `vatPence` that several invoices of one charge bear more (or less) than the charge as one. */
  readonly vatRoundingPence: number;
}

/** Shares that were due are now a receivable, with the VAT of our own supplies on top. */
export function invoiceIssued({ urn, netPence, vatPence, vatRoundingPence }: DocumentTotals): Posting[] {
  return entry(
    of('receivable', netPence + vatPence, urn), of('shares-to-invoice', 0 - netPence, urn),
    of('vat-due', vatRoundingPence - vatPence), of('vat-rounding', 0 - vatRoundingPence),
  );
}

/** The own share of the school that holds the money or delivers: nobody sends an invoice to themselves. */
export function ownShareBooked({ urn, pence }: SchoolPart): Posting[] {
  return entry(of('own-share', pence, urn), of('shares-to-invoice', 0 - pence, urn));
}

/** A credit note: the collaboration carries what the school no longer owes. */
export function creditNoteIssued({ urn, netPence, vatPence, vatRoundingPence }: DocumentTotals): Posting[] {
  return entry(
    of('carried', netPence), of('vat-due', vatPence - vatRoundingPence), of('vat-rounding', vatRoundingPence),
    of('receivable', 0 - netPence - vatPence, urn),
  );
}

/** A school paid: what it is spent on leaves the receivable, what is over is held as its credit. */
export function paymentReceived({ urn, pence, spentPence }: SchoolPart & { readonly spentPence: number }): Posting[] {
  return entry(of('bank', pence), of('receivable', 0 - spentPence, urn), of('credit-held', spentPence - pence, urn));
}

/** Credit that is held pays an invoice; below zero, money on an invoice is set free and held as credit. */
export function creditUsed({ urn, pence }: SchoolPart): Posting[] {
  return entry(of('credit-held', pence, urn), of('receivable', 0 - pence, urn));
}

/** A supplier's bill falls on the pool that the charges to the schools fill. */
export function supplierBilled(pence: number): Posting[] {
  return entry(of('pool', pence), of('payable', 0 - pence));
}

/** What the collaboration chose to bear itself leaves the pool. */
export function costCarried(pence: number): Posting[] {
  return entry(of('carried', pence), of('pool', 0 - pence));
}

export function supplierPaid(pence: number): Posting[] {
  return entry(of('payable', pence), of('bank', 0 - pence));
}
