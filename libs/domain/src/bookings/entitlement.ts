import type { EntitlementLeft } from '../availability/index.js';
import type { DateOnly, DatePeriod } from '../kernel/period.js';

export type EntitlementEntryKind = 'granted' | 'taken' | 'returned' | 'lent' | 'borrowed' | 'expired' | 'carried-over';

/** One line of the entitlement ledger. Nothing is changed or removed; a mistake is put right by another line. */
export interface EntitlementEntry {
  readonly schoolUrn: string;
  readonly agreementId: string;
  /** The span in which the units may be used; what is returned goes back to the period it came from. */
  readonly period: DatePeriod;
  readonly kind: EntitlementEntryKind;
  /** Signed thousandths of the agreement's unit: what adds to the balance is positive. */
  readonly milliunits: number;
  readonly on: DateOnly;
  readonly bookingId: string | null;
  /** The school units were lent to or borrowed from. */
  readonly counterpartUrn: string | null;
}

export declare function balanceOf(entries: readonly EntitlementEntry[], schoolUrn: string, period: DatePeriod): number;
export declare function entitlementLeft(entries: readonly EntitlementEntry[]): readonly EntitlementLeft[];
export declare function take(
  entries: readonly EntitlementEntry[],
  wanted: { readonly schoolUrn: string; readonly agreementId: string; readonly milliunits: number; readonly usedOn: DateOnly; readonly on: DateOnly; readonly bookingId: string },
): EntitlementEntry;
export declare function giveBack(
  entries: readonly EntitlementEntry[],
  returned: { readonly bookingId: string; readonly on: DateOnly; readonly keepBasisPoints?: number },
): readonly EntitlementEntry[];
