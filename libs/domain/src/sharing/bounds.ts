import { areSafe, enlarge, negateAll, type CommonFractions, type LargeFractions } from '../kernel/fraction.js';
import { assertPence } from '../kernel/money.js';
import { refuse } from './checks.js';
import type { ShareBounds } from './cost-sharing-rule.js';

/** Which bound changed a share. */
export type Bound = 'cap' | 'floor' | null;

/** Exact shares in pence with their sign, and what bound each of them. */
export interface BoundedShares {
  readonly exact: CommonFractions;
  /** Null when there is neither cap nor floor. */
  readonly bounds: readonly Bound[] | null;
}

/**
 * Turns each school's fraction of a charge into exact pence within the rule's cap and floor:
 * min(cap, max(floor, λ × fraction)) for the schools with any weight, with the one λ that makes them add up.
 * Refuses with `cost-sharing.floor-too-high` and `cost-sharing.cap-too-low` when there is no such λ.
 */
export function boundShares(amountPence: number, ofCharge: CommonFractions, rule: ShareBounds): BoundedShares {
  const capPence = lowestCap(Math.abs(amountPence), rule);
  const floorPence = rule.floorPence ?? 0;
  assertPence(floorPence);
  if (capPence === null && floorPence <= 0) return { exact: timesPence(amountPence, ofCharge), bounds: null };
  const { exact, bounds } = withinBounds(BigInt(Math.abs(amountPence)), enlarge(ofCharge), capPence, floorPence);
  return { exact: amountPence < 0 ? negateAll(exact) : exact, bounds };
}

/** In whole pence: a cap in basis points is rounded down. */
function lowestCap(size: number, { capBasisPoints, capPence }: ShareBounds): number | null {
  assertPence(capBasisPoints ?? 0);
  assertPence(capPence ?? 0);
  const ofCharge = capBasisPoints === undefined ? null : Number((BigInt(size) * BigInt(capBasisPoints)) / 10_000n);
  if (ofCharge === null || capPence === undefined) return ofCharge ?? capPence ?? null;
  return Math.min(ofCharge, capPence);
}

function timesPence(amountPence: number, ofCharge: CommonFractions): CommonFractions {
  if (areSafe(ofCharge) && Number.isSafeInteger(amountPence * ofCharge.denominator)) {
    const numerators: number[] = new Array(ofCharge.numerators.length);
    for (let place = 0; place < numerators.length; place++) numerators[place] = amountPence * ofCharge.numerators[place]!;
    return { numerators, denominator: ofCharge.denominator };
  }
  const { numerators, denominator } = enlarge(ofCharge);
  const amount = BigInt(amountPence);
  return { numerators: numerators.map((numerator) => amount * numerator), denominator };
}

function withinBounds(amount: bigint, { numerators: weights }: LargeFractions, capPence: number | null, floorPence: number): { exact: LargeFractions; bounds: Bound[] } {
  const cap = capPence === null ? null : BigInt(capPence);
  const floor = BigInt(floorPence);
  const heaviestFirst = weights.flatMap((weight, place) => (weight > 0n ? [place] : []));
  heaviestFirst.sort((a, b) => (weights[a] === weights[b] ? 0 : weights[a]! > weights[b]! ? -1 : 1));
  const count = BigInt(heaviestFirst.length);
  if (floor * count > amount) refuse('cost-sharing.floor-too-high', { floorPence, schools: heaviestFirst.length, amountPence: Number(amount) });
  if (cap !== null && cap * count < amount) refuse('cost-sharing.cap-too-low', { capPence, schools: heaviestFirst.length, amountPence: Number(amount) });

  const scale = findScale(amount, heaviestFirst.map((place) => weights[place]!), cap, floor);
  const numerators = weights.map(() => 0n);
  const bounds: Bound[] = weights.map(() => null);
  heaviestFirst.forEach((place, rank) => {
    const free = scale.numerator * weights[place]!;
    if (rank < scale.capped) bounds[place] = 'cap';
    else if (free < floor * scale.denominator) bounds[place] = 'floor';
    numerators[place] = bounds[place] === 'cap' ? cap! * scale.denominator : bounds[place] === 'floor' ? floor * scale.denominator : free;
  });
  return { exact: { numerators, denominator: scale.denominator }, bounds };
}

/** λ as a quotient in pence for each unit of weight, and how many of the heaviest stand at the cap. */
interface Scale {
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly capped: number;
}

/**
 * Raises λ from nothing. The heaviest leave the floor first and reach the cap first, so both lines are walked once:
 * after the sort, the time is linear in the schools. Between two such events the sum of shares grows in a straight line.
 */
function findScale(amount: bigint, weights: readonly bigint[], cap: bigint | null, floor: bigint): Scale {
  let risen = 0;
  let capped = 0;
  let rising = 0n;
  const count = weights.length;
  for (;;) {
    const bound = floor * BigInt(count - risen) + (cap ?? 0n) * BigInt(capped);
    const rises = risen < count && (cap === null || floor * weights[capped]! <= cap * weights[risen]!);
    const edge = rises ? { pence: floor, weight: weights[risen]! } : { pence: cap, weight: weights[capped] };
    const isLast = edge.pence === null || edge.weight === undefined;
    if (rising > 0n && (isLast || bound * edge.weight! + rising * edge.pence! >= amount * edge.weight!)) {
      return { numerator: amount - bound, denominator: rising, capped };
    }
    if (rises) rising += weights[risen++]!;
    else rising -= weights[capped++]!;
  }
}
