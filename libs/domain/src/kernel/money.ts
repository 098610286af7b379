import { DomainError } from './domain-error.js';
import { addUpTo, approximate, areSafe, compare, floorOfQuotient, negate, negateAll, zero } from './fraction.js';
import type { CommonFractions, Fraction, LargeFractions, SafeFractions } from './fraction.js';

/** Why money cannot be read, divided or credited. */
export type MoneyProblem =
  | 'money.not-whole-pence'
  | 'money.not-an-amount'
  | 'money.shares-differ-from-amount'
  | 'sharing.credit-too-large';

/** An amount and what each party would pay of it if pennies could be cut. */
export interface Division {
  readonly amountPence: number;
  /** In pence, and adding up to the amount. */
  readonly exact: CommonFractions;
  /** Who the shares belong to, in the shares' order: each once, since the lowest wins a tie (`compareKeys`). */
  readonly keys: readonly string[];
  /** What each has been rounded down by so far (exact shares minus charged shares), in pence; nothing when absent. */
  readonly carried?: readonly (Fraction | undefined)[];
}

/** Whole pence, in the order of the exact shares. */
export interface Divided {
  readonly pence: number[];
  /** The indexes of the shares that are the exact one rounded up (on the absolute amount). */
  readonly tookOddPenny: readonly number[];
}

/** Refuses what is not a whole number of pence within the safe range, with `money.not-whole-pence`. */
export function assertPence(amountPence: number): void {
  if (!Number.isSafeInteger(amountPence)) throw new DomainError<MoneyProblem>('money.not-whole-pence', { amountPence });
}

/**
 * The one function that divides money (design: money.md, "Dividing").
 *
 * Each exact share is rounded down on the absolute amount; the pence left over go, one each, to the shares that were
 * not whole, by remainder plus carry, largest first, ties to the lowest key. A negative amount is its mirror image.
 * Refuses exact shares that do not add up to the amount: `money.shares-differ-from-amount`.
 */
export function dividePence(division: Division): Divided {
  assertPence(division.amountPence);
  if (!addUpTo(division.exact, division.amountPence)) throw differs(division.amountPence);
  return spreadPence(division);
}

/**
 * `dividePence` for an amount that is itself the exact shares' sum rounded to a penny, as VAT on an invoice is.
 * Still gives every party its exact share rounded down or up, and refuses an amount that cannot be reached so.
 */
export function spreadPence(division: Division): Divided {
  assertPence(division.amountPence);
  return division.amountPence < 0 ? mirrored(division) : roundOnce(division);
}

/** What each would pay exactly when an amount in pence is divided by weights, which are whole and not all zero. */
export function exactByWeight(amountPence: number, weights: readonly number[]): CommonFractions {
  assertPence(amountPence);
  let ofWeight = 0;
  for (const weight of weights) ofWeight += weight;
  const most = Math.abs(amountPence) * ofWeight;
  if (Number.isSafeInteger(ofWeight) && Number.isSafeInteger(most)) {
    return { numerators: weights.map((weight) => amountPence * weight), denominator: ofWeight };
  }
  const amount = BigInt(amountPence);
  const exactWeights = weights.map(BigInt);
  return { numerators: exactWeights.map((weight) => amount * weight), denominator: exactWeights.reduce((sum, weight) => sum + weight, 0n) };
}

/** Pence by weight, in the weights' order, a tie to the earlier one: for lines, instalments and the like, which carry nothing. */
export function divideByWeight(amountPence: number, weights: readonly number[]): number[] {
  const keys = weights.map((_, index) => String(index));
  return dividePence({ amountPence, exact: exactByWeight(amountPence, weights), keys }).pence;
}

/** One party's part in something charged, and what was already given back of it. Pence, both of one sign. */
export interface ChargedShare {
  readonly key: string;
  readonly chargedPence: number;
  readonly creditedPence?: number;
}

/**
 * Divides a credit of something charged over what is left of each share, so that small credits end exactly at nothing.
 * `creditPence` has the sign of what was charged, and so has each answer: the pence to take back, in the given order.
 * Refuses more than is left, in all or of one share, with `sharing.credit-too-large`.
 */
export function creditShares(creditPence: number, charged: readonly ChargedShare[]): { key: string; pence: number }[] {
  assertPence(creditPence);
  const left = charged.map(leftOf);
  const leftPence = left.reduce((sum, pence) => sum + pence, 0);
  assertPence(leftPence);
  if (creditPence * Math.sign(leftPence) < 0 || Math.abs(creditPence) > Math.abs(leftPence)) {
    throw new DomainError<MoneyProblem>('sharing.credit-too-large', { creditPence, leftPence });
  }
  if (creditPence === 0) return charged.map(({ key }) => ({ key, pence: 0 }));
  const ratio = BigInt(Math.abs(creditPence));
  const exact = { numerators: left.map((pence) => BigInt(pence) * ratio), denominator: BigInt(Math.abs(leftPence)) };
  const { pence } = dividePence({ amountPence: creditPence, exact, keys: charged.map(({ key }) => key) });
  return charged.map(({ key }, index) => ({ key, pence: pence[index]! }));
}

function leftOf({ key, chargedPence, creditedPence = 0 }: ChargedShare): number {
  assertPence(chargedPence);
  assertPence(creditedPence);
  const leftPence = chargedPence - creditedPence;
  if (creditedPence * chargedPence < 0 || leftPence * chargedPence < 0 || (chargedPence === 0 && creditedPence !== 0)) {
    throw new DomainError<MoneyProblem>('sharing.credit-too-large', { key, chargedPence, creditedPence });
  }
  return leftPence;
}

/** `£1,234.50`; a credit has a real minus sign: `−£1,234.50`. */
export function formatPounds(amountPence: number): string {
  assertPence(amountPence);
  const size = Math.abs(amountPence);
  const pounds = String(Math.floor(size / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amountPence < 0 ? '\u2212' : ''}£${pounds}.${String(size % 100).padStart(2, '0')}`;
}

const poundsText = /^([-\u2212]?)£? ?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/;

/**
 * Reads pounds as people type them into whole pence: "1,234.50", "£12", "−£5.00", "12.5".
 * Refuses anything else (misplaced commas, a third decimal, other signs) with `money.not-an-amount`.
 */
export function parsePounds(text: string): number {
  const match = poundsText.exec(text.trim());
  const pence = match ? Number(match[2]!.replaceAll(',', '')) * 100 + Number((match[3] ?? '').padEnd(2, '0')) : NaN;
  if (!match || !Number.isSafeInteger(pence)) throw new DomainError<MoneyProblem>('money.not-an-amount', { text });
  return match[1] && pence !== 0 ? -pence : pence;
}

/** Order among keys: the shorter first, then by code unit. For numbers such as URNs that is by size, in every locale. */
export function compareKeys(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a < b) return -1;
  return a === b ? 0 : 1;
}

function differs(amountPence: number): DomainError<MoneyProblem> {
  return new DomainError<MoneyProblem>('money.shares-differ-from-amount', { amountPence });
}

function mirrored({ amountPence, exact, keys, carried }: Division): Divided {
  const turnedCarries = carried?.map((carry) => carry && negate(carry));
  const { pence, tookOddPenny } = roundOnce({ amountPence: -amountPence, exact: negateAll(exact), keys, carried: turnedCarries });
  return { pence: pence.map((share) => 0 - share), tookOddPenny };
}

/** Shares rounded down, and what that left of each, over the exact shares' denominator. */
interface RoundedDown {
  readonly pence: number[];
  readonly rests: readonly number[] | readonly bigint[];
  readonly denominator: number | bigint;
  /** The indexes of the shares with a rest. */
  readonly notWhole: number[];
  readonly sumPence: number;
}

function roundOnce({ amountPence, exact, keys, carried }: Division): Divided {
  const down = areSafe(exact) ? roundDownSafely(exact) : roundDownAtAnySize(exact);
  const leftPence = amountPence - down.sumPence;
  if (leftPence < 0 || leftPence > down.notWhole.length) throw differs(amountPence);
  const tookOddPenny = firstInLine(leftPence, down, keys, carried);
  for (const index of tookOddPenny) down.pence[index]! += 1;
  return { pence: down.pence, tookOddPenny };
}

function roundDownSafely({ numerators, denominator }: SafeFractions): RoundedDown {
  const pence: number[] = new Array(numerators.length);
  const rests: number[] = new Array(numerators.length);
  const notWhole: number[] = new Array(numerators.length);
  let count = 0;
  let sumPence = 0;
  for (let index = 0; index < numerators.length; index++) {
    const numerator = numerators[index]!;
    // Below 2^53 the quotient of two integers never rounds up past a whole number, so a rest is never below zero.
    const whole = Math.floor(numerator / denominator);
    const rest = numerator - whole * denominator;
    pence[index] = whole;
    rests[index] = rest;
    sumPence += whole;
    if (rest !== 0) notWhole[count++] = index;
  }
  notWhole.length = count;
  return { pence, rests, denominator, notWhole, sumPence };
}

function roundDownAtAnySize({ numerators, denominator }: LargeFractions): RoundedDown {
  const wholes = numerators.map((numerator) => floorOfQuotient(numerator, denominator));
  const rests = numerators.map((numerator, index) => numerator - wholes[index]! * denominator);
  const notWhole = rests.flatMap((rest, index) => (rest === 0n ? [] : [index]));
  return { pence: wholes.map(Number), rests, denominator, notWhole, sumPence: Number(wholes.reduce((sum, whole) => sum + whole, 0n)) };
}

/** The shares that take an odd penny: `count` of those that are not whole, by remainder plus carry, ties to the lowest key. */
function firstInLine(count: number, down: RoundedDown, keys: readonly string[], carried: Division['carried']): number[] {
  const { notWhole } = down;
  if (count === 0 || count === notWhole.length) return notWhole.slice(0, count);
  const { near, tolerance } = nearRanks(down, carried);
  const border = borderOf(near, count);
  const winners: number[] = [];
  const contested: number[] = [];
  for (let place = 0; place < near.length; place++) {
    if (bandOf(near[place]! - tolerance, border) > border.band) winners.push(notWhole[place]!);
    else if (bandOf(near[place]! + tolerance, border) >= border.band) contested.push(notWhole[place]!);
  }
  contested.sort(tolerance === 0 ? byRest(down.rests, keys) : byExactRank(contested, down, keys, carried));
  for (let place = 0; winners.length < count; place++) winners.push(contested[place]!);
  return winners;
}

/** Remainder plus carry to sort by. Those within the tolerance cannot be told apart so; it is 0 where the figures are exact. */
function nearRanks({ rests, denominator, notWhole }: RoundedDown, carried: Division['carried']): { near: number[]; tolerance: number } {
  const near: number[] = new Array(notWhole.length);
  if (typeof denominator === 'number' && !carried?.some((carry) => carry && carry.numerator !== 0n)) {
    for (let place = 0; place < near.length; place++) near[place] = rests[notWhole[place]!] as number;
    return { near, tolerance: 0 };
  }
  let largestCarry = 0;
  for (let place = 0; place < near.length; place++) {
    const index = notWhole[place]!;
    const carry = carried?.[index] ?? zero;
    const nearCarry = approximate(carry.numerator, carry.denominator);
    near[place] = approximate(rests[index]!, denominator) + nearCarry;
    largestCarry = Math.max(largestCarry, Math.abs(nearCarry));
  }
  return { near, tolerance: 1e-9 * (1 + largestCarry) };
}

/** Values stand in bands of equal width, as many as there are values; `band` is the one with the last odd penny. */
interface Border {
  readonly lowest: number;
  readonly perUnit: number;
  readonly band: number;
}

function bandOf(value: number, { lowest, perUnit }: Border): number {
  return Math.floor((value - lowest) * perUnit);
}

/** Finds the band of the value at place `count` from the top in time linear in the values: only that band is ever sorted. */
function borderOf(values: readonly number[], count: number): Border {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let place = 0; place < values.length; place++) {
    const value = values[place]!;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const border = { lowest, perUnit: highest > lowest ? (values.length - 1) / (highest - lowest) : 0, band: values.length - 1 };
  const sizes: number[] = new Array(values.length + 1).fill(0);
  for (let place = 0; place < values.length; place++) sizes[bandOf(values[place]!, border)]! += 1;
  for (let above = sizes[border.band]!; above < count; above += sizes[border.band]!) border.band -= 1;
  return border;
}

function byRest(rests: RoundedDown['rests'], keys: readonly string[]): (a: number, b: number) => number {
  return (a, b) => (rests[a] === rests[b] ? compareKeys(keys[a]!, keys[b]!) : rests[a]! > rests[b]! ? -1 : 1);
}

/** Remainder plus carry exactly (and not in lowest terms), largest first. */
function byExactRank(indexes: readonly number[], { rests, denominator }: RoundedDown, keys: readonly string[], carried: Division['carried']) {
  const below = BigInt(denominator);
  const ranks = new Map<number, Fraction>();
  for (const index of indexes) {
    const rest = BigInt(rests[index]!);
    const carry = carried?.[index] ?? zero;
    ranks.set(index, { numerator: rest * carry.denominator + carry.numerator * below, denominator: below * carry.denominator });
  }
  return (a: number, b: number): number => compare(ranks.get(b)!, ranks.get(a)!) || compareKeys(keys[a]!, keys[b]!);
}
