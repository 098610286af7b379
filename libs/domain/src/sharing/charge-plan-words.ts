import { formatThousandths } from '../kernel/fraction.js';
import type { ChargePlan, PlanTerms } from './charge-plan.js';
import { percentOf, pounds } from './due-charge.js';
import { instalmentSchedule, type InstalmentKind } from './instalments.js';
import { sharedPostCost } from './shared-post.js';
import { costOfPost } from './shared-post-charges.js';
import { factorOf, upliftInWords } from './uplift.js';

type Plan = Pick<ChargePlan, 'startsOn' | 'endsOn' | 'terms'>;

/**
 * Refuses a plan that could never be charged: instalments that its days do not allow (`sharing.term-…`), a post beyond
 * full time, an index that is not above nothing.
 */
export function assertPlan({ startsOn, endsOn, terms }: Plan): void {
  if (terms.kind === 'uplift') factorOf(terms);
  if (terms.kind === 'shared-post') instalmentSchedule({ totalPence: costOfPost({ startsOn, endsOn, terms }).pence, kind: terms.instalments, startsOn, endsOn });
  if (terms.kind === 'on-account') instalmentSchedule({ totalPence: terms.totalPence, kind: terms.instalments, startsOn, endsOn });
}

const instalmentsInWords: Readonly<Record<InstalmentKind, string>> = {
  once: 'at once',
  'monthly-12': 'in twelve monthly parts',
  'termly-3': 'in three termly parts',
  'sept-march-april-august': '7/12 in September and 5/12 in April',
};

const leaversInWords = {
  'to-date': 'A school that leaves pays to its last day.',
  'end-of-term': 'A school that leaves pays to the end of that term.',
  'nothing-back': 'A school that leaves has nothing back.',
} as const;

/** What a plan charges, in sentences. */
export function planInWords(terms: PlanTerms): string[] {
  switch (terms.kind) {
    case 'administration-fee':
      return [`${terms.basisPoints === null ? pounds(terms.pence ?? 0) : `${percentOf(terms.basisPoints)} of what was charged`} for each ${terms.every}, due the day after.`];
    case 'discount':
      return terms.tiers.map(({ fromMilliunits, basisPoints }) => `From ${formatThousandths(fromMilliunits)} units on, ${percentOf(basisPoints)} of everything charged so far is given back.`);
    case 'group-contract':
      return [`${pounds(terms.pricePence)} for each ${terms.per} and all the days of the plan. A school that joins pays for its days.`, leaversInWords[terms.leavers]];
    case 'on-account':
      return [`${pounds(terms.totalPence)} ${instalmentsInWords[terms.instalments]}, set against the actual shares at the end.`];
    case 'shared-post':
      return [...sharedPostCost(terms).workings, `It is charged ${instalmentsInWords[terms.instalments]}.`];
    case 'uplift':
      return [`Prices and instalments from then on rise ${upliftInWords(terms)}. The rule stays as it is.`];
  }
}
