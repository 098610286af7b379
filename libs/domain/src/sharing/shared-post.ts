import { DomainError } from '../kernel/domain-error.js';
import { divide, fraction, multiply, parseThousandths, roundHalfUp, type Fraction } from '../kernel/fraction.js';
import { assertPence } from '../kernel/money.js';
import { partOfPricePence } from './session-price.js';
import { percentOf, pounds } from './due-charge.js';

export type SharedPostProblem = 'sharing.post-longer-than-full-time';

/** A person employed by one school for several: a shared business manager, a counsellor. */
export interface SharedPostTerms {
  /** What the point of the pay scale pays for a whole year at full time. */
  readonly fullTimeSalaryPence: number;
  /** At most three decimals: "22.5". */
  readonly hoursPerWeek: string;
  /** What full time is: usually "37" for support staff, "32.5" for teachers. */
  readonly fullTimeHours: string;
  /** Weeks that are paid: for a term-time contract the weeks worked and the holiday earned in them, such as "44.5". */
  readonly weeksPaid: string;
  /** Weeks of a full year: "52.143" unless the employer counts otherwise. */
  readonly weeksInYear: string;
  /** Employer's National Insurance on the pay above the threshold of a year. */
  readonly insuranceBasisPoints: number;
  readonly insuranceFromPence: number;
  /** Employer's pension contribution on all of the pay. */
  readonly pensionBasisPoints: number;
}

/** What the post costs its employer in a year. */
export interface SharedPostCost {
  readonly payPence: number;
  readonly insurancePence: number;
  readonly pensionPence: number;
  readonly totalPence: number;
  readonly workings: readonly string[];
}

/**
 * The yearly cost of a shared post: pay for the hours and weeks agreed, National Insurance and pension on top. Each of
 * the three is a whole number of pence, half a penny up, as a payroll has them; the total is their sum.
 * Refuses more hours or weeks than a full-time year has with `sharing.post-longer-than-full-time`.
 */
export function sharedPostCost(terms: SharedPostTerms): SharedPostCost {
  assertPence(terms.fullTimeSalaryPence);
  assertPence(terms.insuranceFromPence);
  const part = multiply(ratioOf(terms.hoursPerWeek, terms.fullTimeHours), ratioOf(terms.weeksPaid, terms.weeksInYear));
  const payPence = Number(roundHalfUp(multiply(fraction(terms.fullTimeSalaryPence), part)));
  const insurancePence = partOfPricePence(Math.max(0, payPence - terms.insuranceFromPence), terms.insuranceBasisPoints);
  const pensionPence = partOfPricePence(payPence, terms.pensionBasisPoints);
  const totalPence = payPence + insurancePence + pensionPence;
  return {
    payPence, insurancePence, pensionPence, totalPence,
    workings: [
      `Pay: ${pounds(terms.fullTimeSalaryPence)} a year at full time, ${terms.hoursPerWeek} of ${terms.fullTimeHours} hours a week, ${terms.weeksPaid} of ${terms.weeksInYear} weeks paid: ${pounds(payPence)}.`,
      `National Insurance: ${percentOf(terms.insuranceBasisPoints)} of what is above ${pounds(terms.insuranceFromPence)}: ${pounds(insurancePence)}.`,
      `Pension: ${percentOf(terms.pensionBasisPoints)} of the pay: ${pounds(pensionPence)}.`,
      `Together ${pounds(totalPence)} a year.`,
    ],
  };
}

function ratioOf(part: string, whole: string): Fraction {
  const [numerator, denominator] = [parseThousandths(part), parseThousandths(whole)];
  if (denominator <= 0 || numerator < 0 || numerator > denominator) throw new DomainError<SharedPostProblem>('sharing.post-longer-than-full-time', { part, whole });
  return divide(fraction(numerator), fraction(denominator));
}
