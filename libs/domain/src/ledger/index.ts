// The room `ledger` owns accounts, postings, entries and the periods of the books.
// It refuses to know what a booking or a school is: whoever an account is for is a holder, and what caused an entry is text.
// Nothing posted ever changes; a correction is an entry that names the one it corrects.
export { accountCode, accountKinds, type Account, type AccountKind } from './account.js';
export { assertBalanced, balanceOf, balances, canonicalEntry, reverseEntry } from './entry.js';
export type { Correction, Entry, EntryCause, EntryKind, LedgerProblem, Posting } from './entry.js';
export { postCharge, postCreditNote, postInvoice, postOpeningBalance, postPaymentMade, postPaymentReceived, postPayout, postRefundPaid, postSupplierBill } from './postings.js';
export type { HolderPence, InvoiceTotals, PaymentReceived, SupplierBillTotals } from './postings.js';
export { financialYearOf, openPeriodFor, type FinancialYear, type FinancialYearKind, type OpenPeriod } from './periods.js';
