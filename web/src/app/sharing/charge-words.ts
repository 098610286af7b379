import type { Charge, ChargeKind } from '@fairshare/contract/sharing.js';
import type { PlanKind } from '@fairshare/domain/sharing/index.js';
import { DomainError } from '@fairshare/domain/kernel/domain-error.js';
import { parsePounds } from '@fairshare/domain/kernel/money.js';
import { formatDay, today } from '../ui/london';
import type { Tone } from '../ui/state';

export const kindNames: Readonly<Record<ChargeKind, string>> = {
  booking: 'Session',
  overage: 'Session beyond what was bought',
  'late-cancellation': 'Late cancellation',
  instalment: 'Instalment',
  'minimum-commitment': 'Minimum commitment',
  discount: 'Discount',
  expense: 'Expense',
  uplift: 'Uplift',
  'administration-fee': 'Administration fee',
  'opening-balance': 'Opening balance',
  'on-account': 'On account',
  'true-up': 'True-up',
  adjustment: 'Adjustment',
  credit: 'Credit',
  'shared-post': 'Shared post',
  'group-contract': 'Group contract',
};

export const planKindNames: Readonly<Record<PlanKind, string>> = {
  'administration-fee': 'Fee of the lead school',
  discount: 'Discount on volume',
  'group-contract': 'Group contract',
  'on-account': 'Contributions on account',
  'shared-post': 'Shared post',
  uplift: 'Yearly uplift',
};

/** A session's name without its day, for a list that has a column of days. */
export function withoutDay(description: string, day: string): string {
  const long = new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return description.replace(`, ${long}`, '');
}

export function stateOf(charge: Charge): { word: string; tone: Tone } {
  if (charge.problemCode === 'sharing.taken-back') return { word: 'Taken back', tone: 'neutral' };
  if (!charge.shared) return charge.problemCode === 'sharing.use-not-known-yet' ? { word: 'Waits for use', tone: 'info' } : { word: 'Not shared', tone: 'warn' };
  if (charge.estimated && charge.actualPence === null) return { word: 'Estimated', tone: 'info' };
  if (charge.correctedBy.length > 0) return { word: charge.netPence === 0 ? 'Taken back' : 'Corrected', tone: 'neutral' };
  return { word: 'Shared', tone: 'good' };
}

/** One day, or from the first to the last. */
export function serviceDays({ serviceFrom, serviceTo }: Pick<Charge, 'serviceFrom' | 'serviceTo'>): string {
  return serviceFrom === serviceTo ? formatDay(serviceFrom) : `${formatDay(serviceFrom)} to ${formatDay(serviceTo)}`;
}

/** 1 September of the school year that the day is in. */
export function schoolYearStart(on = today()): string {
  const year = Number(on.slice(0, 4));
  return `${on.slice(5) < '09-01' ? year - 1 : year}-09-01`;
}

/** Pounds as typed, in pence, credits too; undefined when it is no amount. */
export function penceOf(text: string): number | undefined {
  try {
    return parsePounds(text);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

/** Schools that pay before those that do not, each group in its order. */
export function payersFirst<Share extends { readonly pence: number }>(shares: readonly Share[]): Share[] {
  return [...shares.filter(({ pence }) => pence !== 0), ...shares.filter(({ pence }) => pence === 0)];
}
