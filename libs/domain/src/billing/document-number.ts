/** Invoices and credit notes are two series, each without a gap for its legal issuer. */
export type DocumentKind = 'invoice' | 'credit-note';

const prefixes: Readonly<Record<DocumentKind, string>> = { invoice: 'INV', 'credit-note': 'CRN' };

/** The number as it is printed and as payers quote it: 12 gives `INV000012`. */
export function documentNumber(kind: DocumentKind, seriesNumber: number): string {
  return `${prefixes[kind]}${String(seriesNumber).padStart(6, '0')}`;
}

const quoted = /(?<![A-Z])INV(?:OICE)?[\s:#.-]*(?:NO\.?\s*)?0*(\d{1,9})(?!\d)/gi;

/** The invoice numbers that a payer quoted in a reference, however they wrote them: `INV000012`, `inv 12`, `Invoice no. 12`. */
export function quotedInvoiceNumbers(text: string): number[] {
  return [...new Set([...text.matchAll(quoted)].map((match) => Number(match[1])))];
}
