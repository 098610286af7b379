// The room `billing` owns invoices, credit notes, supplier bills, payments, bank lines and the ties between them.
// It refuses to know how shares were worked out: it takes them as they are.
// Every division of money goes through the kernel.
export * from './ageing.js';
export * from './bank-csv.js';
export * from './billing-problem.js';
export * from './cost-code.js';
export * from './credit.js';
export * from './dispute.js';
export * from './document-number.js';
export * from './document-words.js';
export * from './draft-invoices.js';
export * from './invoice-standing.js';
export * from './line-words.js';
export * from './matching.js';
export * from './reconciliation.js';
export * from './vat.js';
