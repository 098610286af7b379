// The room `ledger` owns accounts, the lines that each event posts, and the periods of the books.
// It refuses to know what a booking or a school is: a URN is text, and what caused an entry is told by who posts it.
// Nothing posted ever changes; a correction is an entry that names the one it corrects.
export { accountKey, accounts, type AccountName, type Posting } from './account.js';
export { assertBalanced, replay, reversed, type LedgerProblem } from './entry.js';
export {
  chargeShared, chargeWaits, costCarried, creditNoteIssued, creditUsed, invoiceIssued, ownShareBooked, paymentReceived, sourceOf, supplierBilled, supplierPaid,
} from './entries.js';
export type { ChargeSource, DocumentTotals, SchoolPart } from './entries.js';
export { financialYearOf, postedOn, type FinancialYear, type FinancialYearKind } from './periods.js';
