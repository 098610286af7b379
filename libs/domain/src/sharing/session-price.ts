import { milliunitsOf, type EntitlementUnit, type Halves } from '../availability/index.js';
import { fraction, multiply, roundHalfUp } from '../kernel/fraction.js';
import { assertPence } from '../kernel/money.js';
import type { InstantPeriod } from '../kernel/zone.js';

const msPerHour = 3_600_000;

/**
 * What a session costs at the price of one unit, in whole pence, half a penny up: hours by the exact length (20 minutes
 * are a third of the price), days and half days by the halves they take, a session by itself.
 */
export function sessionPricePence(unitPricePence: number, unit: EntitlementUnit, session: InstantPeriod, halves: Halves, zone: string): number {
  assertPence(unitPricePence);
  const units = unit === 'hour' ? fraction(session.endsAt - session.startsAt, msPerHour) : fraction(milliunitsOf(unit, session, halves, zone), 1000);
  return Number(roundHalfUp(multiply(fraction(unitPricePence), units)));
}

/** A part of a price in whole pence, half a penny up: 5,000 basis points of £75.01 are £37.51. */
export function partOfPricePence(pricePence: number, basisPoints: number): number {
  assertPence(pricePence);
  return Number(roundHalfUp(fraction(BigInt(pricePence) * BigInt(basisPoints), 10_000)));
}
