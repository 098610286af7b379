import { DomainError } from '../kernel/domain-error.js';
import { add, formatFraction, fraction, parseFraction, roundHalfUp, multiply, parseThousandths, zero } from '../kernel/fraction.js';

export type OpeningProblem = 'sharing.carries-do-not-level';

/** Refuses carries that are not nothing together (`sharing.carries-do-not-level`): what one was rounded down by, others were rounded up by. */
export function assertCarriesLevel(carries: readonly { readonly carriedPence: string }[]): void {
  const sum = carries.reduce((total, { carriedPence }) => add(total, parseFraction(carriedPence)), zero);
  if (sum.numerator !== 0n) throw new DomainError<OpeningProblem>('sharing.carries-do-not-level', { sumPence: formatFraction(sum) });
}

/** Miles at a rate in pence, half a penny up: 23.4 miles at 45 p are £10.53. At most three decimals. */
export function mileagePence(miles: string, pencePerMile: string): number {
  return Number(roundHalfUp(multiply(fraction(parseThousandths(miles), 1000), fraction(parseThousandths(pencePerMile), 1000))));
}
