import { add, formatFraction, fraction, multiply, parseFraction, subtract, zero, type Fraction } from '../kernel/fraction.js';
import { creditShares } from '../kernel/money.js';
import type { Share } from './cost-sharing-rule.js';

/** What one charge meant for a school: charged pence, and the exact pence before rounding as a fraction ("10000/3"). */
export interface SettledShare {
  readonly school: string;
  readonly pence: number;
  readonly exactPence: string;
}

/** What each school has been rounded down by so far within one agreement: fractions of pence, by school. */
export type Carries = Readonly<Record<string, string>>;

/**
 * The carries after some more shares: each school's carry plus its exact shares minus its charged shares.
 * Also makes the carries from nothing, out of all shares of an agreement so far. A school whose carry is nothing stays in.
 */
export function carryAfter(before: Carries, shares: readonly (Share | SettledShare)[]): Record<string, string> {
  const carries = new Map<string, Fraction>(Object.entries(before).map(([school, carry]) => [school, parseFraction(carry)]));
  for (const share of shares) {
    const exact = parseFraction('explanation' in share ? share.explanation.exactPence : share.exactPence);
    const roundedDownBy = subtract(exact, fraction(share.pence));
    carries.set(share.school, add(carries.get(share.school) ?? zero, roundedDownBy));
  }
  return Object.fromEntries([...carries].map(([school, carry]) => [school, formatFraction(carry)]));
}

/** A charged share and the pence already given back of it, with the share's sign. */
export interface CreditableShare extends SettledShare {
  readonly creditedPence?: number;
}

/**
 * A credit of a charge as shares with the opposite sign, ready to be posted and to be given to `carryAfter`.
 * The pence follow what is left of each share (`creditShares`); the exact pence take the same part of each exact share
 * as the credit takes of the charge, so a charge credited in full leaves the carries as if it had never been.
 * `creditPence` has the charge's sign. Refuses with `sharing.credit-too-large`.
 */
export function creditAsShares(creditPence: number, charged: readonly CreditableShare[]): SettledShare[] {
  const credits = creditShares(
    creditPence,
    charged.map(({ school, pence, creditedPence }) => ({ key: school, chargedPence: pence, creditedPence })),
  );
  const totalPence = charged.reduce((sum, { pence }) => sum + pence, 0);
  const portion = totalPence === 0 ? zero : fraction(creditPence, totalPence);
  return charged.map(({ school, exactPence }, index) => ({
    school,
    pence: 0 - credits[index]!.pence,
    exactPence: formatFraction(subtract(zero, multiply(portion, parseFraction(exactPence)))),
  }));
}
