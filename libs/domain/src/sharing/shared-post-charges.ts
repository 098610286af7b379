import { add, fraction, multiply, roundHalfUp, type Fraction } from '../kernel/fraction.js';
import { addDays, dayNumber, type DatePeriod } from '../kernel/period.js';
import type { ChargePlan, SharedPostPlanTerms, UpliftTerms } from './charge-plan.js';
import { pounds, type DueCharge } from './due-charge.js';
import { addMonths, instalmentSchedule } from './instalments.js';
import { sharedPostCost } from './shared-post.js';
import type { UpliftedInstalment } from './uplift.js';

type Post = Pick<ChargePlan<SharedPostPlanTerms>, 'startsOn' | 'endsOn' | 'terms'>;

/** What a shared post costs over all the days of its plan, which may be more or fewer than a year. */
export function costOfPost({ startsOn, endsOn, terms }: Post): { readonly pence: number; readonly workings: readonly string[] } {
  const { totalPence, workings } = sharedPostCost(terms);
  const { months, restDays, ofDays } = monthsIn({ from: startsOn, to: endsOn });
  if (months === 12 && restDays === 0) return { pence: totalPence, workings };
  const pence = Number(roundHalfUp(multiply(fraction(totalPence, 12), inMonths({ from: startsOn, to: endsOn }))));
  const rest = restDays === 0 ? '' : `${months > 0 ? ' and ' : ''}${restDays} of ${ofDays} days of a month`;
  const whole = months === 0 ? '' : `${months} ${months === 1 ? 'month' : 'months'}`;
  return { pence, workings: [...workings, `The plan runs for ${whole}${rest}: ${pounds(pence)}.`] };
}

/** The instalments of a shared post's cost over the days of its plan. */
export function sharedPostCharges(plan: ChargePlan<SharedPostPlanTerms>): DueCharge[] {
  const { pence: totalPence, workings } = costOfPost(plan);
  const parts = instalmentSchedule({ totalPence, kind: plan.terms.instalments, startsOn: plan.startsOn, endsOn: plan.endsOn });
  return parts.map(({ dueOn, servicePeriod, pence }, index) => ({
    key: `post:${plan.id}:${index + 1}`, kind: 'shared-post', planId: plan.id, agreementId: plan.agreementId, pence, dueOn,
    description: parts.length > 1 ? `${plan.name}, part ${index + 1} of ${parts.length}` : plan.name,
    serviceFrom: servicePeriod.from, serviceTo: servicePeriod.to, belongsOn: dueOn,
    workings: [...workings, ...(parts.length > 1 ? [`Part ${index + 1} of ${parts.length}: ${pounds(pence)}.`] : [])], among: null,
  }));
}

/**
 * The parts of a shared post that a rise of pay adds to: those from its day on, and of one that had begun, the months that
 * are left. An award that is agreed in November and counts from April so falls on the parts since April.
 */
export function raisedParts(post: ChargePlan<SharedPostPlanTerms>, rise: ChargePlan<UpliftTerms>): UpliftedInstalment[] {
  const wanted = sharedPostCharges(post).filter(({ dueOn, serviceTo }) => serviceTo >= rise.startsOn && (post.stoppedOn === null || dueOn <= post.stoppedOn));
  return wanted.map(({ key, pence, dueOn, serviceFrom, serviceTo }) => {
    const isWhole = serviceFrom >= rise.startsOn;
    const left = isWhole ? null : inMonths({ from: rise.startsOn, to: serviceTo });
    const whole = inMonths({ from: serviceFrom, to: serviceTo });
    return {
      id: key, number: Number(key.slice(key.lastIndexOf(':') + 1)), ofPost: post.name, serviceTo, serviceFrom: isWhole ? serviceFrom : rise.startsOn, dueOn: isWhole ? dueOn : rise.startsOn,
      pence: left === null ? pence : Number(roundHalfUp(multiply(fraction(pence), { numerator: left.numerator * whole.denominator, denominator: left.denominator * whole.numerator }))),
    };
  });
}

/** Whole months from the first day on, and the days that are left of the month after. */
function monthsIn({ from, to }: DatePeriod): { months: number; restDays: number; ofDays: number } {
  const after = dayNumber(addDays(to, 1));
  let months = 0;
  while (dayNumber(addMonths(from, months + 1)) <= after) months += 1;
  const start = dayNumber(addMonths(from, months));
  return { months, restDays: after - start, ofDays: dayNumber(addMonths(from, months + 1)) - start };
}

function inMonths(period: DatePeriod): Fraction {
  const { months, restDays, ofDays } = monthsIn(period);
  return add(fraction(months), fraction(restDays, ofDays));
}
