import { areSafe, leastMultiple, zero, type CommonFractions, type Fraction } from '../kernel/fraction.js';
import { compareKeys, dividePence } from '../kernel/money.js';
import type { CostSharingRule, ShareRequest } from './cost-sharing-rule.js';
import { divideExactly } from './exact-charge.js';

/** A charge before anybody has said how it is shared. */
export type UnsharedCharge = Omit<ShareRequest, 'rule'>;

/** What one school would pay in all under each of two rules. */
export interface WhatIfLine {
  readonly school: string;
  readonly nowPence: number;
  readonly thenPence: number;
  /** Above zero for a school that would pay more. */
  readonly differencePence: number;
}

/**
 * What moving from one rule to another would mean for each school over the same charges, in the order given: each rule
 * with its own running carry, beginning from the carries the participants come with. Ascending by URN; the differences
 * add up to zero. Refuses what `shareCharge` refuses.
 */
export function whatIf(charges: readonly UnsharedCharge[], ruleNow: CostSharingRule, ruleThen: CostSharingRule): WhatIfLine[] {
  const now = totalsUnder(ruleNow, charges);
  const then = totalsUnder(ruleThen, charges);
  return [...new Set([...now.keys(), ...then.keys()])].sort(compareKeys).map((school) => {
    const nowPence = now.get(school) ?? 0;
    const thenPence = then.get(school) ?? 0;
    return { school, nowPence, thenPence, differencePence: thenPence - nowPence };
  });
}

/**
 * What each school pays of several charges under one rule, to the penny that charging them one after another gives:
 * the same division with the same running carry, without the explanations, so that a page can follow a hand.
 */
export function totalsUnder(rule: CostSharingRule, charges: readonly UnsharedCharge[]): Map<string, number> {
  const totals = new Map<string, number>();
  const carries = new RunningCarries();
  for (const charge of charges) {
    const { schools, exact, carried } = divideExactly({ ...charge, rule });
    const running = schools.map((school, place) => carries.of(school, carried?.[place]));
    const { pence } = dividePence({ amountPence: charge.amountPence, exact, keys: schools, carried: running });
    for (let place = 0; place < schools.length; place++) totals.set(schools[place]!, (totals.get(schools[place]!) ?? 0) + pence[place]!);
    carries.settle(schools, exact, pence);
  }
  return totals;
}

/** Carries over one denominator that all charges so far have in common: exact, and without a division for every school. */
class RunningCarries {
  readonly #numerators = new Map<string, bigint>();
  #denominator = 1n;

  /** What a school carries; the first time that it is seen, what it came with. */
  of(school: string, cameWith: Fraction | undefined): Fraction {
    const numerator = this.#numerators.get(school);
    if (numerator !== undefined) return { numerator, denominator: this.#denominator };
    const carry = cameWith ?? zero;
    const factor = this.#factorFor(carry.denominator);
    this.#numerators.set(school, carry.numerator * factor);
    return carry;
  }

  settle(schools: readonly string[], exact: CommonFractions, pence: readonly number[]): void {
    const factor = this.#factorFor(BigInt(exact.denominator));
    for (let place = 0; place < schools.length; place++) {
      const roundedDownBy = restOf(exact, place, pence[place]!);
      if (roundedDownBy !== 0n) this.#numerators.set(schools[place]!, this.#numerators.get(schools[place]!)! + roundedDownBy * factor);
    }
  }

  /** How often a denominator goes into the common one, which grows until it does. */
  #factorFor(denominator: bigint): bigint {
    if (this.#denominator % denominator !== 0n) {
      const common = leastMultiple(this.#denominator, denominator);
      const growth = common / this.#denominator;
      for (const [school, numerator] of this.#numerators) this.#numerators.set(school, numerator * growth);
      this.#denominator = common;
    }
    return this.#denominator / denominator;
  }
}

/** What the rounding took from a share, over the exact shares' denominator. */
function restOf(exact: CommonFractions, place: number, pence: number): bigint {
  if (!areSafe(exact)) return exact.numerators[place]! - BigInt(pence) * exact.denominator;
  const charged = pence * exact.denominator;
  return Number.isSafeInteger(charged) ? BigInt(exact.numerators[place]! - charged) : BigInt(exact.numerators[place]!) - BigInt(pence) * BigInt(exact.denominator);
}
