import type { InstantPeriod } from '../kernel/zone.js';
import type { HalfDay } from './input.js';

/** What entitlement is bought in. Quantities are whole thousandths of it (milliunits), never fractions. */
export type EntitlementUnit = 'day' | 'half-day' | 'hour' | 'session';

export declare function milliunitsOf(
  unit: EntitlementUnit,
  period: InstantPeriod,
  halves: { readonly morning: HalfDay; readonly afternoon: HalfDay },
  zone: string,
): number;
export declare function milliunitsBySchool(milliunits: number, schoolUrns: readonly string[]): ReadonlyMap<string, number>;
