import type { ChargePlan, SharedPostPlanTerms } from './charge-plan.js';
import { pounds, type DueCharge } from './due-charge.js';
import { instalmentSchedule } from './instalments.js';
import { sharedPostCost } from './shared-post.js';

/** The instalments of a shared post's yearly cost over the days of its plan. */
export function sharedPostCharges(plan: ChargePlan<SharedPostPlanTerms>): DueCharge[] {
  const { totalPence, workings } = sharedPostCost(plan.terms);
  const parts = instalmentSchedule({ totalPence, kind: plan.terms.instalments, startsOn: plan.startsOn, endsOn: plan.endsOn });
  return parts.map(({ dueOn, servicePeriod, pence }, index) => ({
    key: `post:${plan.id}:${index + 1}`, kind: 'shared-post', planId: plan.id, agreementId: plan.agreementId, pence, dueOn,
    description: parts.length > 1 ? `${plan.name}, part ${index + 1} of ${parts.length}` : plan.name,
    serviceFrom: servicePeriod.from, serviceTo: servicePeriod.to, belongsOn: dueOn,
    workings: [...workings, ...(parts.length > 1 ? [`Part ${index + 1} of ${parts.length}: ${pounds(pence)}.`] : [])], among: null,
  }));
}
