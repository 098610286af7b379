import { addDays, type DateOnly, type DatePeriod } from '../kernel/period.js';

/** Where an entry counts: on the day of its service, or on the first open day when that is closed (`closedThrough` is the last frozen day). */
export function postedOn(serviceOn: DateOnly, closedThrough: DateOnly | null): DateOnly {
  return closedThrough !== null && serviceOn <= closedThrough ? addDays(closedThrough, 1) : serviceOn;
}

/** Whose year: LA-maintained schools report from April to March (CFR), academies from September to August (AAR). */
export type FinancialYearKind = 'maintained' | 'academy';

/** A financial year with its two figures: `2025-26`. */
export interface FinancialYear extends DatePeriod {
  readonly label: string;
}

const firstMonth: Readonly<Record<FinancialYearKind, number>> = { maintained: 4, academy: 9 };

/** The financial year that a day belongs to. The same shares are reported to each school in its own year. */
export function financialYearOf(date: DateOnly, kind: FinancialYearKind): FinancialYear {
  const month = firstMonth[kind];
  const year = Number(date.slice(0, 4)) - (Number(date.slice(5, 7)) < month ? 1 : 0);
  const startOf = (startYear: number): DateOnly => `${startYear}-${String(month).padStart(2, '0')}-01`;
  return { from: startOf(year), to: addDays(startOf(year + 1), -1), label: `${year}-${String((year + 1) % 100).padStart(2, '0')}` };
}
