// The room `sharing` owns the charge, the cost-sharing rule, the shares it makes, and their explanation.
// It refuses to know invoices, ledgers and who has paid.
// Every division of money goes through `dividePence` in the kernel.
export * from './cost-sharing-rule.js';
export { shareCharge, sharePence, type PlainShare } from './share-charge.js';
