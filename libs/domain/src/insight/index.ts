// The room `insight` owns the figures by which heads judge what buying together is worth.
// It refuses to change anything, and to divide money among schools: it only reads what other rooms decided.
// Every figure comes with its workings, so that anybody can work it out again.
export * from './averages.js';
export * from './entitlement-value.js';
export * from './financial-year.js';
export * from './saving.js';
export * from './school-terms.js';
export * from './workings.js';
