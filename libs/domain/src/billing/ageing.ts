import { dayNumber, type DateOnly } from '../kernel/period.js';

/** How long something has been due, in days past its due date. */
export const ageBands = ['not-due', '1-30', '31-60', '61-90', 'over-90'] as const;
export type AgeBand = (typeof ageBands)[number];

export function ageBand(dueOn: DateOnly, today: DateOnly): AgeBand {
  const days = dayNumber(today) - dayNumber(dueOn);
  if (days <= 0) return 'not-due';
  if (days <= 30) return '1-30';
  if (days <= 60) return '31-60';
  return days <= 90 ? '61-90' : 'over-90';
}

export interface Debt {
  readonly urn: string;
  readonly dueOn: DateOnly;
  readonly outstandingPence: number;
}

export interface AgedDebt {
  readonly urn: string;
  readonly bands: Readonly<Record<AgeBand, number>>;
  readonly totalPence: number;
}

/** What each school owes, by how long it has been due; schools that owe nothing are left out. */
export function agedDebts(debts: readonly Debt[], today: DateOnly): AgedDebt[] {
  const schools = new Map<string, Record<AgeBand, number>>();
  for (const debt of debts) {
    if (debt.outstandingPence === 0) continue;
    const bands = schools.get(debt.urn) ?? { 'not-due': 0, '1-30': 0, '31-60': 0, '61-90': 0, 'over-90': 0 };
    bands[ageBand(debt.dueOn, today)] += debt.outstandingPence;
    schools.set(debt.urn, bands);
  }
  return [...schools].map(([urn, bands]) => ({ urn, bands, totalPence: ageBands.reduce((sum, band) => sum + bands[band], 0) }));
}
