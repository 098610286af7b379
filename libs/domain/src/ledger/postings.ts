import { DomainError } from '../kernel/domain-error.js';
import { assertPence } from '../kernel/money.js';
import type { Account, AccountKind } from './account.js';
import { assertBalanced, type LedgerProblem, type Posting } from './entry.js';

/** Pence of one holder: its share, or its part of a payment. */
export interface HolderPence {
  readonly holder: string;
  readonly pence: number;
}

function account(kind: AccountKind, holder: string | null = null): Account {
  return { kind, holder };
}

/** Postings of nothing are left out, so what comes to nothing has none and needs no entry; the rest is checked to balance. */
function balanced(postings: readonly Posting[]): Posting[] {
  const kept = postings.filter(({ pence }) => pence !== 0);
  if (kept.length > 0) assertBalanced(kept);
  return kept;
}

function assertPositive(pence: number): void {
  assertPence(pence);
  if (pence <= 0) throw new DomainError<LedgerProblem>('ledger.not-positive', { pence });
}

/**
 * A charge has been shared: each holder owes its share, and as much of the shared costs has been passed on. The share of
 * one that employs the specialist or holds the money itself is a journal. A refund's negative shares post the mirror image.
 */
export function postCharge(shares: readonly HolderPence[], journalHolders: ReadonlySet<string> = new Set()): Posting[] {
  const totalPence = shares.reduce((sum, { pence }) => sum + pence, 0);
  return balanced([
    ...shares.map(({ holder, pence }) => ({ account: account(journalHolders.has(holder) ? 'shares-journalled' : 'shares-due', holder), pence })),
    { account: account('shared-costs'), pence: 0 - totalPence },
  ]);
}

/** What an invoice, or a credit note as a positive sum, comes to. */
export interface InvoiceTotals {
  readonly holder: string;
  readonly netPence: number;
  readonly vatPence: number;
  /** The part of `vatPence` that several invoices of one charge bear more than the charge as one: a penny to rounding. */
  readonly vatRoundingPence?: number;
}

/** An invoice has been issued: shares that were due are now a receivable, with the VAT of our own supplies on top. */
export function postInvoice({ holder, netPence, vatPence, vatRoundingPence = 0 }: InvoiceTotals): Posting[] {
  return balanced([
    { account: account('receivable', holder), pence: netPence + vatPence },
    { account: account('shares-due', holder), pence: 0 - netPence },
    { account: account('vat-output'), pence: vatRoundingPence - vatPence },
    { account: account('vat-rounding'), pence: 0 - vatRoundingPence },
  ]);
}

/** A credit note takes back part of an invoice: its mirror image. What the holder then owes in shares is for a new charge to say. */
export function postCreditNote(totals: InvoiceTotals): Posting[] {
  return postInvoice(totals).map(({ account: of, pence }) => ({ account: of, pence: 0 - pence }));
}

/** Money has come in, for one or several holders' invoices. */
export interface PaymentReceived {
  readonly pence: number;
  /** What it pays; less than all of it when the payer paid too much. */
  readonly allocations: readonly HolderPence[];
  /** Whose credit it is where nothing is left to allocate it to. */
  readonly payer: string;
  /** The provider that holds it until it pays out; null when it came to the bank. */
  readonly clearing?: string | null;
}

/** A payment: receivables fall; what nothing was allocated to is credit held for the payer. Refuses to allocate more than came. */
export function postPaymentReceived({ pence, allocations, payer, clearing = null }: PaymentReceived): Posting[] {
  assertPositive(pence);
  const allocatedPence = allocations.reduce((sum, allocation) => sum + allocation.pence, 0);
  if (allocatedPence > pence) throw new DomainError<LedgerProblem>('ledger.allocated-too-much', { pence, allocatedPence });
  return balanced([
    { account: clearing === null ? account('pool') : account('clearing', clearing), pence },
    ...allocations.map((allocation) => ({ account: account('receivable', allocation.holder), pence: 0 - allocation.pence })),
    { account: account('receivable', payer), pence: allocatedPence - pence },
  ]);
}

/** A payment provider has paid out what it held, less its fee. */
export function postPayout({ clearing, grossPence, feePence }: { readonly clearing: string; readonly grossPence: number; readonly feePence: number }): Posting[] {
  assertPositive(grossPence);
  return balanced([
    { account: account('pool'), pence: grossPence - feePence },
    { account: account('payment-fees'), pence: feePence },
    { account: account('clearing', clearing), pence: 0 - grossPence },
  ]);
}

/** A supplier's bill: the net, and VAT that cannot be reclaimed, are costs to be shared. */
export interface SupplierBillTotals {
  readonly supplier: string;
  readonly netPence: number;
  readonly vatPence: number;
  readonly isVatReclaimable: boolean;
}

export function postSupplierBill({ supplier, netPence, vatPence, isVatReclaimable }: SupplierBillTotals): Posting[] {
  const reclaimedPence = isVatReclaimable ? vatPence : 0;
  return balanced([
    { account: account('shared-costs'), pence: netPence + vatPence - reclaimedPence },
    { account: account('vat-input'), pence: reclaimedPence },
    { account: account('payable', supplier), pence: 0 - netPence - vatPence },
  ]);
}

/** A supplier has been paid from the pool. */
export function postPaymentMade({ supplier, pence }: { readonly supplier: string; readonly pence: number }): Posting[] {
  assertPositive(pence);
  return balanced([
    { account: account('payable', supplier), pence },
    { account: account('pool'), pence: 0 - pence },
  ]);
}

/** Credit held for a holder has been paid back from the pool: an overpayment, or a leaver's refund after its last charges. */
export function postRefundPaid({ holder, pence }: HolderPence): Posting[] {
  assertPositive(pence);
  return balanced([
    { account: account('receivable', holder), pence },
    { account: account('pool'), pence: 0 - pence },
  ]);
}

/** What a holder owed (above zero) or was owed (below) when the collaboration's books began. */
export function postOpeningBalance({ holder, pence }: HolderPence): Posting[] {
  return balanced([
    { account: account('receivable', holder), pence },
    { account: account('opening-balances'), pence: 0 - pence },
  ]);
}
