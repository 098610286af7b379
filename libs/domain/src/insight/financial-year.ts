import type { DateOnly, DatePeriod } from '../kernel/period.js';
import { financialYearOf as ledgerYearOf, type FinancialYearKind } from '../ledger/index.js';

/** A maintained school's year runs from April to March, an academy's from September to August, as the ledger has it. */
export function financialYearOf(kind: FinancialYearKind, on: DateOnly): DatePeriod {
  const { from, to } = ledgerYearOf(on, kind);
  return { from, to };
}

/** "April 2026 to March 2027". */
export function financialYearInWords({ from, to }: DatePeriod): string {
  return from.slice(5, 7) === '04' ? `April ${from.slice(0, 4)} to March ${to.slice(0, 4)}` : `September ${from.slice(0, 4)} to August ${to.slice(0, 4)}`;
}
