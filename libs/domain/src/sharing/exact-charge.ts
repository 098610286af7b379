import { fraction, leastMultiple, type CommonFractions, type Fraction, type LargeFractions } from '../kernel/fraction.js';
import { assertPence } from '../kernel/money.js';
import { boundShares, type Bound } from './bounds.js';
import { everyDayHasWeight, everythingIsWhole, noWeightIsNegative, nobodyTakesPartTwice, refuse, someoneTakesPart } from './checks.js';
import type { ShareRequest } from './cost-sharing-rule.js';
import { dayPortions, daysOf, slicesOf, spanOfCharge, spansWithin, weighStrand, type DayPortion, type Span } from './day-portions.js';
import { carriesOf, placeOf, rollOf, type Roll } from './roll.js';
import { strandsOf } from './strands.js';

/** A charge divided exactly, before anything is rounded. The lists are in the order of the roll's schools. */
export interface ExactCharge extends Roll {
  /** Undefined when nobody carries anything. */
  readonly carried: readonly (Fraction | undefined)[] | undefined;
  /** In pence, with the charge's sign, caps and floors applied. */
  readonly exact: CommonFractions;
  /** Null when the rule has no cap and no floor. */
  readonly bounds: readonly Bound[] | null;
  readonly charge: Span;
  readonly portions: readonly DayPortion[];
}

/** Checks a charge in the order of money.md and divides it exactly. Refuses with a `CostSharingProblem`. */
export function divideExactly(request: ShareRequest): ExactCharge {
  const { amountPence, rule, period, participants } = request;
  assertPence(amountPence);
  someoneTakesPart(participants);
  const charge = spanOfCharge(request);
  if (!(daysOf(charge) > 0)) refuse('cost-sharing.no-weight', { ...period });
  const spans = spansWithin(charge, request);
  const roll = rollOf(participants);
  nobodyTakesPartTwice(roll, participants, spans, rule);
  const weighed = strandsOf(rule).map((strand) => weighStrand(strand, participants));
  noWeightIsNegative(rule, weighed, participants);
  const portions = dayPortions(weighed, slicesOf(charge, spans), spans, participants);
  everythingIsWhole(rule, portions, participants);
  everyDayHasWeight(portions, participants);
  const ofCharge = fractionsOfCharge(portions, roll, daysOf(charge));
  return { ...roll, ...boundShares(amountPence, ofCharge, rule), carried: carriesOf(roll, participants), charge, portions };
}

/** Each school's fraction of the charge over all its days and the rule's strands, before caps and floors. They add up to one. */
function fractionsOfCharge(portions: readonly DayPortion[], roll: Roll, days: number): CommonFractions {
  const [only] = portions;
  if (portions.length !== 1 || typeof only?.ofWeight !== 'number') return sumOfPortions(portions, roll, days);
  if (!roll.places && only.members.length === roll.schools.length) return { numerators: only.weights, denominator: only.ofWeight };
  const numerators: number[] = new Array(roll.schools.length).fill(0);
  only.members.forEach((member, index) => (numerators[placeOf(roll, member)] = only.weights[index]!));
  return { numerators, denominator: only.ofWeight };
}

function sumOfPortions(portions: readonly DayPortion[], roll: Roll, days: number): LargeFractions {
  const perWeight = portions.map(({ strand, span, ofWeight }) => {
    const { numerator, denominator } = strand.ofCharge;
    return fraction(numerator * BigInt(daysOf(span)), denominator * BigInt(ofWeight) * BigInt(days));
  });
  const common = perWeight.reduce((multiple, { denominator }) => leastMultiple(multiple, denominator), 1n);
  const numerators: bigint[] = new Array(roll.schools.length).fill(0n);
  portions.forEach(({ members, weights }, index) => {
    const { numerator, denominator } = perWeight[index]!;
    const each = numerator * (common / denominator);
    members.forEach((member, place) => (numerators[placeOf(roll, member)]! += each * BigInt(weights[place]!)));
  });
  return { numerators, denominator: common };
}
