import { areSafe, enlarge, fraction, leastMultiple, parseFraction, type CommonFractions, type Fraction, type LargeFractions } from '../kernel/fraction.js';
import { assertPence, compareKeys } from '../kernel/money.js';
import { boundShares, type Bound } from './bounds.js';
import { everyDayHasWeight, everythingIsWhole, isAscending, noWeightIsNegative, nobodyTakesPartTwice, refuse, someoneTakesPart } from './checks.js';
import type { ShareRequest } from './cost-sharing-rule.js';
import { dayPortions, daysOf, slicesOf, spanOfCharge, spanWithin, type DayPortion, type Span } from './day-portions.js';
import { strandsOf } from './strands.js';

/** A charge divided exactly, before anything is rounded. */
export interface ExactCharge {
  /** Each school once, lowest URN first; the lists below are in this order. */
  readonly schools: readonly string[];
  readonly carried: readonly (Fraction | undefined)[];
  /** In pence, with the charge's sign, caps and floors applied. */
  readonly exact: CommonFractions;
  readonly bounds: readonly Bound[];
  readonly charge: Span;
  readonly portions: readonly DayPortion[];
  /** For each participant, its place among the schools. */
  readonly placeOf: readonly number[];
}

/** Checks a charge in the order of money.md and divides it exactly. Refuses with a `CostSharingProblem`. */
export function divideExactly(request: ShareRequest): ExactCharge {
  const { amountPence, rule, period, participants } = request;
  assertPence(amountPence);
  someoneTakesPart(participants);
  const charge = spanOfCharge(request);
  if (!(daysOf(charge) > 0)) refuse('cost-sharing.no-weight', { ...period });
  const spans = participants.map((participant) => spanWithin(charge, participant, Boolean(period)));
  nobodyTakesPartTwice(participants, spans, rule);
  const strands = strandsOf(rule);
  noWeightIsNegative(rule, strands, participants);
  const portions = dayPortions(strands, slicesOf(charge, spans), spans, participants);
  everythingIsWhole(rule, portions, participants);
  everyDayHasWeight(portions);

  const { schools, placeOf } = rollOf(request);
  const ofCharge = fractionsOfCharge(portions, placeOf, schools.length, daysOf(charge));
  const { exact, bounds } = boundShares(amountPence, ofCharge, rule);
  return { schools, carried: carriesOf(request, placeOf, schools.length), exact, bounds, charge, portions, placeOf };
}

function rollOf({ participants }: ShareRequest): { schools: string[]; placeOf: number[] } {
  if (isAscending(participants)) return { schools: participants.map(({ school }) => school), placeOf: participants.map((_, index) => index) };
  const schools = [...new Set(participants.map(({ school }) => school))].sort(compareKeys);
  const places = new Map(schools.map((school, place) => [school, place]));
  return { schools, placeOf: participants.map(({ school }) => places.get(school)!) };
}

function carriesOf({ participants }: ShareRequest, placeOf: readonly number[], count: number): (Fraction | undefined)[] {
  const carried: (Fraction | undefined)[] = new Array(count).fill(undefined);
  participants.forEach(({ carriedPence }, index) => {
    if (carriedPence !== undefined && carriedPence !== '0') carried[placeOf[index]!] ??= parseFraction(carriedPence);
  });
  return carried;
}

/** Each school's fraction of the charge over all its days and the rule's strands, before caps and floors. They add up to one. */
function fractionsOfCharge(portions: readonly DayPortion[], placeOf: readonly number[], count: number, days: number): CommonFractions {
  const [only] = portions;
  if (portions.length === 1 && only && typeof only.ofWeight === 'number') {
    const numerators: number[] = new Array(count).fill(0);
    for (let place = 0; place < only.members.length; place++) numerators[placeOf[only.members[place]!]!] = only.weights[place]!;
    return { numerators, denominator: only.ofWeight };
  }
  return sumOfPortions(portions, placeOf, count, days);
}

function sumOfPortions(portions: readonly DayPortion[], placeOf: readonly number[], count: number, days: number): LargeFractions {
  const parts = portions.map(({ strand, span, ofWeight }) => fraction(strand.ofCharge.numerator * BigInt(daysOf(span)), strand.ofCharge.denominator * BigInt(ofWeight) * BigInt(days)));
  const denominator = parts.reduce((multiple, part) => leastMultiple(multiple, part.denominator), 1n);
  const numerators: bigint[] = new Array(count).fill(0n);
  portions.forEach(({ members, weights }, index) => {
    const part = parts[index]!;
    const perWeight = part.numerator * (denominator / part.denominator);
    members.forEach((member, place) => (numerators[placeOf[member]!]! += perWeight * BigInt(weights[place]!)));
  });
  return { numerators, denominator };
}

/** One school's exact share. */
export function exactShareOf({ exact }: ExactCharge, place: number): Fraction {
  return areSafe(exact) ? fraction(exact.numerators[place]!, exact.denominator) : fraction(exact.numerators[place]!, exact.denominator);
}

/** The same charge with bigints all the way: what the fast path must be equal to. */
export function atAnySize(charge: ExactCharge): ExactCharge {
  return { ...charge, exact: enlarge(charge.exact) };
}
