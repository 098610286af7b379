import { formatThousandths } from '../kernel/fraction.js';
import { addDays, type DateOnly } from '../kernel/period.js';
import type { ChargePlan, DiscountTerms, DiscountTier } from './charge-plan.js';
import { dayInWords, percentOf, pounds, sumPence, weightsOr, type ChargedLine, type DueCharge, type DuePlan, type UnitsUsed } from './due-charge.js';
import { keyOfTime, periodEnd, timesMade } from './period-end.js';
import { partOfPricePence } from './session-price.js';

/** A discount is on the price of time; expenses, fees and what corrects other things have none. */
const discounted = new Set(['booking', 'overage', 'minimum-commitment', 'instalment', 'late-cancellation']);

interface Milestone {
  readonly key: string;
  readonly on: DateOnly;
  /** Null where no tier was reached after all. */
  readonly tier: DiscountTier | null;
  readonly milliunits: number;
  readonly isEnd: boolean;
}

/**
 * Discounts on everything charged so far, each time that the volume reaches a tier, and once more when the plan is over
 * for what came after; what arrives later still is put right then. The discount is a credit along what each school was
 * charged, less what was given already.
 */
export function volumeDiscounts(plan: ChargePlan<DiscountTerms>, used: readonly UnitsUsed[], about: DuePlan): DueCharge[] {
  const { inScope, ofPlan, madeKeys, open, today } = about;
  const within = ({ belongsOn }: ChargedLine, last: DateOnly) => belongsOn >= plan.startsOn && belongsOn <= last;
  const charged = inScope.filter((line) => discounted.has(line.kind));
  let givenPence = 0 - sumPence(ofPlan.filter(({ byHand }) => !byHand));
  const due: DueCharge[] = [];
  const reached = milestones(plan, used, about);
  const { waits, sentences } = periodEnd({ from: plan.startsOn, to: plan.endsOn }, open, today);
  for (const { key, on, tier, milliunits, isEnd } of reached.slice(nextOf(plan, reached, madeKeys))) {
    const soFar = charged.filter((line) => within(line, on));
    const basisPoints = tier?.basisPoints ?? 0;
    const wholePence = partOfPricePence(sumPence(soFar), basisPoints);
    const pence = givenPence - wholePence;
    const weights = weightsOr(soFar, ofPlan);
    if (pence === 0 || weights.length === 0 || (about.isUnshared && key !== `discount:${plan.id}:end` && isEnd)) continue;
    due.push({
      key, kind: 'discount', planId: plan.id, agreementId: plan.agreementId, pence, dueOn: addDays(on, 1),
      description: `${plan.name}, ${percentOf(basisPoints)} of what was charged to ${dayInWords(on)}`,
      serviceFrom: plan.startsOn, serviceTo: on, belongsOn: on, ...(isEnd && waits && { waits }),
      workings: [
        tier === null
          ? `${formatThousandths(milliunits)} units were delivered by ${dayInWords(on)}, which has no discount.`
          : `${formatThousandths(milliunits)} units were delivered by ${dayInWords(on)}; from ${formatThousandths(tier.fromMilliunits)} on, ${percentOf(tier.basisPoints)} of everything charged is given back.`,
        `${pounds(sumPence(soFar))} was charged; ${percentOf(basisPoints)} of it is ${pounds(wholePence)}.`,
        ...(givenPence === 0 ? [] : [`${pounds(givenPence)} was given back before.`]),
        ...(isEnd ? sentences : []),
      ],
      among: { measure: 'what each was charged', weights },
    });
    givenPence -= pence;
  }
  return due;
}

/** One that gave nothing is left out of account once a later one was given; after the end only the end is put right. */
function nextOf(plan: ChargePlan<DiscountTerms>, reached: readonly Milestone[], madeKeys: ReadonlySet<string>): number {
  if (madeKeys.has(`discount:${plan.id}:end`)) return Math.max(0, reached.findIndex(({ isEnd }) => isEnd));
  return reached.findLastIndex((one) => madeKeys.has(one.key)) + 1;
}

/** The days on which tiers were reached, and the plan's last day. Two tiers reached on one day count as the higher one. */
function milestones(plan: ChargePlan<DiscountTerms>, used: readonly UnitsUsed[], { madeKeys, ofPlan, through }: DuePlan): Milestone[] {
  const inOrder = used.filter(({ on }) => on >= plan.startsOn && on <= plan.endsOn && on <= through).sort((a, b) => (a.on < b.on ? -1 : 1));
  const tiers = [...plan.terms.tiers].sort((a, b) => a.fromMilliunits - b.fromMilliunits);
  const reached: Milestone[] = [];
  let milliunits = 0;
  for (const { on, milliunits: more } of inOrder) {
    milliunits += more;
    const tier = tiers.filter(({ fromMilliunits }) => fromMilliunits <= milliunits).at(-1);
    if (tier && reached.at(-1)?.tier !== tier) reached.push({ key: `discount:${plan.id}:${tier.fromMilliunits}`, on, tier, milliunits, isEnd: false });
  }
  const tier = reached.at(-1)?.tier ?? null;
  const endKey = `discount:${plan.id}:end`;
  const key = keyOfTime(endKey, timesMade(madeKeys, endKey));
  if (plan.endsOn < through && (tier !== null || ofPlan.length > 0)) reached.push({ key, on: plan.endsOn, tier, milliunits, isEnd: true });
  return reached;
}
