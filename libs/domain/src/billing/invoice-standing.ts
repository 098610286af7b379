import { addDays, type DateOnly } from '../kernel/period.js';
import type { DocumentKind } from './document-number.js';

/** Where an invoice stands today; derived from what was issued, credited and paid, never stored. */
export type InvoiceStanding = 'draft' | 'journal' | 'credit-note' | 'credited' | 'paid' | 'disputed' | 'overdue' | 'part-paid' | 'open';

export interface InvoiceSums {
  readonly kind: DocumentKind;
  readonly issuedOn: DateOnly | null;
  readonly dueOn: DateOnly | null;
  /** Lines with VAT. */
  readonly grossPence: number;
  readonly creditedPence: number;
  readonly paidPence: number;
  /** What is left of lines whose share the school disputes: nothing is due of it until that is decided. */
  readonly disputedPence: number;
}

/** What the school still has to pay; never below nothing, since money beyond it is held as credit. */
export function outstandingPence({ grossPence, creditedPence, paidPence }: Pick<InvoiceSums, 'grossPence' | 'creditedPence' | 'paidPence'>): number {
  return grossPence - creditedPence - paidPence;
}

/** What is due now: what is left to pay, less what is disputed. */
export function duePence(sums: Pick<InvoiceSums, 'grossPence' | 'creditedPence' | 'paidPence' | 'disputedPence'>): number {
  return Math.max(0, outstandingPence(sums) - sums.disputedPence);
}

export function invoiceStanding(sums: InvoiceSums, today: DateOnly): InvoiceStanding {
  if (sums.issuedOn === null) return 'draft';
  if (sums.kind !== 'invoice') return sums.kind;
  if (outstandingPence(sums) <= 0) return sums.paidPence === 0 && sums.creditedPence > 0 ? 'credited' : 'paid';
  if (duePence(sums) === 0) return 'disputed';
  if (sums.dueOn !== null && sums.dueOn < today) return 'overdue';
  return sums.paidPence > 0 ? 'part-paid' : 'open';
}

/** The last day on which payment is in time. */
export function dueDate(issuedOn: DateOnly, paymentDays: number): DateOnly {
  return addDays(issuedOn, paymentDays);
}

export interface OpenAmount {
  readonly id: string;
  readonly outstandingPence: number;
}

/** Spends money on invoices in their order; what is over is held as the school's credit. */
export function allocate(pence: number, invoices: readonly OpenAmount[]): { allocations: { id: string; pence: number }[]; heldPence: number } {
  let left = pence;
  const allocations: { id: string; pence: number }[] = [];
  for (const invoice of invoices) {
    const part = Math.min(left, invoice.outstandingPence);
    if (part <= 0) continue;
    allocations.push({ id: invoice.id, pence: part });
    left -= part;
  }
  return { allocations, heldPence: left };
}
