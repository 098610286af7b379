import type { DocumentKind } from './document-number.js';

/** What a document is called, on paper, in files and on the page. */
export const documentWords: Readonly<Record<DocumentKind, string>> = { invoice: 'Invoice', 'credit-note': 'Credit note', journal: 'Journal' };

/** What the sum of a document is called. */
export const totalWords: Readonly<Record<DocumentKind, string>> = { invoice: 'Total', 'credit-note': 'Total credited', journal: 'Own share' };

/** `Draft credit note` until it is issued; a journal is one from the start. */
export function documentTitle(kind: DocumentKind, isDraft: boolean): string {
  return isDraft && kind !== 'journal' ? `Draft ${documentWords[kind].toLowerCase()}` : documentWords[kind];
}
