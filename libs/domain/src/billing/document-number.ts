/** Invoices and credit notes are two series, each without a gap for its legal issuer. */
export type NumberedKind = 'invoice' | 'credit-note';

/**
 * What bills a school's shares. `invoice`: a demand. `credit-note`: its credits are larger than its shares, so that something
 * is due to it. `journal`: the own share of the school that holds the money or employs the specialist, since nobody sends an
 * invoice to themselves.
 */
export type DocumentKind = NumberedKind | 'journal';

const prefixes: Readonly<Record<NumberedKind, string>> = { invoice: 'INV', 'credit-note': 'CRN' };

/** The number as it is printed and as payers quote it: 12 gives `INV000012`. */
export function documentNumber(kind: NumberedKind, seriesNumber: number): string {
  return `${prefixes[kind]}${String(seriesNumber).padStart(6, '0')}`;
}

const quoted = /(?<![A-Z])INV(?:OICE)?[\s:#.-]*(?:NO\.?\s*)?0*(\d{1,9})(?!\d)/gi;

/** The invoice numbers that a payer quoted in a reference, however they wrote them: `INV000012`, `inv 12`, `Invoice no. 12`. */
export function quotedInvoiceNumbers(text: string): number[] {
  return [...new Set([...text.matchAll(quoted)].map((match) => Number(match[1])))];
}
