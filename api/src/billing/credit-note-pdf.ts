import type { CreditNote, Invoice, InvoiceLine } from '@fairshare/contract/billing';
import { formatPounds } from '@fairshare/domain/kernel/money';
import { dayOf, drawParty, periodOf } from './invoice-pdf.js';
import { PdfPage } from './pdf-page.js';

/** A credit note with what it takes back of each line of its invoice, in pence. */
export interface CreditNoteToDraw {
  readonly invoice: Invoice;
  readonly note: CreditNote;
  readonly lines: readonly { readonly invoiceLineId: string; readonly netPence: number; readonly vatPence: number }[];
}

/** The credit note as a tagged PDF, as the invoice is: what it takes back, line by line, of which invoice, and why. */
export async function creditNotePdf({ invoice, note, lines }: CreditNoteToDraw, createdAt: Date): Promise<Buffer> {
  const page = new PdfPage(`Credit note ${note.number} to ${invoice.schoolName}`, invoice.issuer.name, createdAt);
  page.band(0, 8, '#0b5c5e');
  page.text('H1', `Credit note ${note.number}`, 48, 40, { size: 24, bold: true, colour: '#0b5c5e', width: 330 });
  page.text('P', formatPounds(note.grossPence), 380, 42, { size: 20, bold: true, width: 167, align: 'right' });
  page.y = Math.max(drawParty(page, 'From', invoice.issuer, 48, 100), drawParty(page, 'To', invoice.customer, 310, 100)) + 14;
  page.table([{ title: 'About this document', width: 150 }, { title: 'Detail', width: 349 }], [
    ['Credit note number', note.number], ['Issued', dayOf(note.issuedOn, true)],
    ['For invoice', `${invoice.number ?? ''} of ${invoice.issuedOn ? dayOf(invoice.issuedOn, true) : ''}`], ['Why', note.reason],
  ]);
  page.y += 16;
  drawLines(page, invoice.lines, lines);
  page.heading('Totals');
  page.table([{ title: 'Sum', width: 399 }, { title: 'Pounds', width: 100, align: 'right' }], [
    ['Net', formatPounds(note.netPence)], ['VAT', formatPounds(note.vatPence)], ['Total credited', formatPounds(note.grossPence)],
  ], new Set([2]));
  page.y += 8;
  page.paragraph('What was paid beyond what is left of the invoice is held as the school’s credit, for its next invoices or to be paid back.', { size: 9 });
  return page.finish(`${invoice.issuer.name} · ${note.number}`);
}

function drawLines(page: PdfPage, of: readonly InvoiceLine[], lines: CreditNoteToDraw['lines']): void {
  const byId = new Map(of.map((line) => [line.id, line]));
  page.heading('What is taken back');
  page.table(
    [{ title: 'Service', width: 282 }, { title: 'Period', width: 92 }, { title: 'Net', width: 68, align: 'right' }, { title: 'VAT', width: 57, align: 'right' }],
    lines.map(({ invoiceLineId, netPence, vatPence }) => {
      const line = byId.get(invoiceLineId);
      return [line?.description ?? '', line ? periodOf(line.serviceFrom, line.serviceTo) : '', formatPounds(netPence), vatPence === 0 ? '–' : formatPounds(vatPence)];
    }),
  );
  page.y += 14;
}
