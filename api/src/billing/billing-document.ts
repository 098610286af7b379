import type { CreditNote, Invoice, InvoiceLine } from '@fairshare/contract/billing';
import { vatRatesOf } from './invoice-lines.js';

/** What is drawn, listed or sent on: an invoice, a journal, or a credit note, whose amounts are below nothing as long as they are due to the school. */
export interface BillingDocument extends Invoice {
  /** The invoice of which a credit note takes something back; null for one that is of shares itself. */
  readonly takesBack: { readonly number: string; readonly issuedOn: string; readonly reason: string } | null;
}

/** What a credit note takes back of one line of its invoice, in pence above nothing. */
export interface CreditedLine {
  readonly invoiceLineId: string;
  readonly netPence: number;
  readonly vatPence: number;
}

export const documentOf = (invoice: Invoice): BillingDocument => ({ ...invoice, takesBack: null });

/** A credit note of an invoice as a document like any other, so that it is drawn, listed and sent on in the same way. */
export function creditNoteDocument(invoice: Invoice, note: CreditNote, credited: readonly CreditedLine[]): BillingDocument {
  const lines = credited.flatMap(({ invoiceLineId, netPence, vatPence }): InvoiceLine[] => {
    const line = invoice.lines.find(({ id }) => id === invoiceLineId);
    return line ? [{ ...line, netPence: 0 - netPence, vatPence: 0 - vatPence, suppliersVatPence: 0, creditedPence: 0, disputes: [], paidFrom: null }] : [];
  });
  return {
    ...invoice, kind: 'credit-note', id: note.id, number: note.number, issuedOn: note.issuedOn, dueOn: null, lines,
    netPence: 0 - note.netPence, vatPence: 0 - note.vatPence, grossPence: 0 - note.grossPence, creditedPence: 0, paidPence: 0, outstandingPence: 0, disputedPence: 0,
    vatRates: vatRatesOf(lines), creditNotes: [], payments: [],
    takesBack: { number: invoice.number ?? '', issuedOn: invoice.issuedOn ?? '', reason: note.reason },
  };
}

/** Amounts as the document itself says them: a credit note says above nothing what is due to the school. */
export function asSaid(document: BillingDocument): BillingDocument {
  if (document.kind !== 'credit-note') return document;
  const turn = <T extends { readonly netPence: number; readonly vatPence: number }>(of: T): T => ({ ...of, netPence: 0 - of.netPence, vatPence: 0 - of.vatPence });
  return { ...turn(document), grossPence: 0 - document.grossPence, lines: document.lines.map(turn), vatRates: document.vatRates.map(turn) };
}
