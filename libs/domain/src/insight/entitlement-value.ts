import { fraction, roundHalfUp } from '../kernel/fraction.js';

/** What units bought in advance were paid with: a retainer for all of them, or a price for each. */
export interface UnitsPaid {
  readonly retainerPence: number | null;
  /** Of one unit. */
  readonly pricePence: number | null;
  /** All units that the retainer paid for, in thousandths. */
  readonly boughtMilliunits: number;
}

/** What so many thousandths of a unit are worth in pence, half a penny up; null when nothing says what they cost. */
export function valueOfUnitsPence(milliunits: number, { retainerPence, pricePence, boughtMilliunits }: UnitsPaid): number | null {
  if (retainerPence !== null && boughtMilliunits > 0) return Number(roundHalfUp(fraction(BigInt(milliunits) * BigInt(retainerPence), boughtMilliunits)));
  return pricePence === null ? null : Number(roundHalfUp(fraction(BigInt(milliunits) * BigInt(pricePence), 1000)));
}
