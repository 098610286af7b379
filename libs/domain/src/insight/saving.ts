import { fraction, roundHalfUp } from '../kernel/fraction.js';
import { daysIn, overlapOf, type DatePeriod } from '../kernel/period.js';

/** A session at the baseline's price and at ours, in pence for the whole session. */
export interface ComparedSession {
  readonly baselinePence: number;
  readonly oursPence: number;
  /** The school's part of the session, in minutes of all who took part; both the same for the whole collaboration. */
  readonly minutes: number;
  readonly ofMinutes: number;
}

/** What a session at our price saves against the baseline's for the school's part of it, half a penny up. Below zero when we pay more. */
export function sessionSavingPence({ baselinePence, oursPence, minutes, ofMinutes }: ComparedSession): number {
  if (ofMinutes === 0) return 0;
  return Number(roundHalfUp(fraction(BigInt(baselinePence - oursPence) * BigInt(minutes), ofMinutes)));
}

/** A retainer for a term, the baseline's price for the same term, and the school's part of the retainer. */
export interface ComparedRetainer {
  readonly term: DatePeriod;
  readonly retainerPence: number;
  readonly baselinePence: number;
  /** The school's shares of the retainer so far, and all shares of it; both the same for the whole collaboration. */
  readonly ownSharesPence: number;
  readonly allSharesPence: number;
}

/** What a retainer saves on the days of a period: the difference by days, times the school's part; half a penny up. */
export function retainerSavingPence({ term, retainerPence, baselinePence, ownSharesPence, allSharesPence }: ComparedRetainer, period: DatePeriod): number {
  const days = overlapOf(term, period.from, period.to);
  if (!days || allSharesPence === 0) return 0;
  const difference = BigInt(baselinePence - retainerPence) * BigInt(daysIn(days)) * BigInt(ownSharesPence);
  return Number(roundHalfUp(fraction(difference, BigInt(daysIn(term)) * BigInt(allSharesPence))));
}
