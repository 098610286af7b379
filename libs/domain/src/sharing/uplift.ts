import { DomainError } from '../kernel/domain-error.js';
import { fraction, multiply, parseThousandths, roundHalfUp, subtract, one, type Fraction } from '../kernel/fraction.js';
import type { DateOnly } from '../kernel/period.js';
import type { ChargePlan, UpliftTerms } from './charge-plan.js';
import { dayInWords, percentOf, pounds, type DueCharge } from './due-charge.js';

export type UpliftProblem = 'sharing.index-not-above-nothing';

/** An instalment that a price rise adds to. */
export interface UpliftedInstalment {
  readonly id: string;
  readonly number: number;
  /** The shared post that it is a part of. */
  readonly ofPost?: string;
  readonly dueOn: DateOnly;
  readonly serviceFrom: DateOnly;
  readonly serviceTo: DateOnly;
  readonly pence: number;
}

/** By what a price is multiplied. Refuses an index that is not above nothing with `sharing.index-not-above-nothing`. */
export function factorOf({ basisPoints, index }: UpliftTerms): Fraction {
  if (!index) return fraction(10_000 + (basisPoints ?? 0), 10_000);
  const [before, after] = [parseThousandths(index.before), parseThousandths(index.after)];
  if (before <= 0 || after <= 0) throw new DomainError<UpliftProblem>('sharing.index-not-above-nothing', { before: index.before, after: index.after });
  return fraction(after, before);
}

/** A price after the rise, half a penny up. */
export function upliftedPence(pence: number, terms: UpliftTerms): number {
  return Number(roundHalfUp(multiply(fraction(pence), factorOf(terms))));
}

/** "by 3.5 %", "with the index CPI, from 133.0 to 137.5". */
export function upliftInWords({ basisPoints, index }: UpliftTerms): string {
  return index ? `with the index ${index.name}, from ${index.before} to ${index.after}` : `by ${percentOf(basisPoints ?? 0)}`;
}

/** What a rise adds to the instalments that begin on its day or later; rises before it have been added already. */
export function upliftsOf(plan: ChargePlan<UpliftTerms>, instalments: readonly UpliftedInstalment[], plans: readonly ChargePlan[]): DueCharge[] {
  const earlier = plans.flatMap((other) => (other.terms.kind === 'uplift' && other.agreementId === plan.agreementId && isBefore(other, plan) ? [{ startsOn: other.startsOn, terms: other.terms }] : []));
  const more = subtract(factorOf(plan.terms), one);
  return instalments
    .filter(({ serviceFrom }) => serviceFrom >= plan.startsOn && serviceFrom <= plan.endsOn)
    .map((part) => {
      const raised = earlier.filter(({ startsOn }) => startsOn <= part.serviceFrom).reduce((pence, { terms }) => upliftedPence(pence, terms), part.pence);
      const pence = Number(roundHalfUp(multiply(fraction(raised), more)));
      return {
        key: `uplift:${plan.id}:${part.id}`, kind: 'uplift' as const, planId: plan.id, agreementId: plan.agreementId, pence, dueOn: part.dueOn,
        description: `${plan.name}, on ${part.ofPost === undefined ? 'instalment' : `${part.ofPost}, part`} ${part.number}`, serviceFrom: part.serviceFrom, serviceTo: part.serviceTo, belongsOn: part.dueOn,
        workings: [`Prices rise on ${dayInWords(plan.startsOn)} ${upliftInWords(plan.terms)}: ${pounds(raised)} becomes ${pounds(raised + pence)}.`], among: null,
      };
    });
}

const isBefore = (a: ChargePlan, b: ChargePlan) => a.startsOn < b.startsOn || (a.startsOn === b.startsOn && a.id < b.id);
