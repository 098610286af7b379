import { DomainError } from './domain-error.js';

/** An exact number: numerator over denominator, in lowest terms, the denominator above zero. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The text, or number, is not one that can be taken exactly. `facts.text` is what was given. */
export type FractionProblem = 'fraction.not-a-number' | 'fraction.divided-by-zero';

export const zero: Fraction = { numerator: 0n, denominator: 1n };
export const one: Fraction = { numerator: 1n, denominator: 1n };

const maxSafe = BigInt(Number.MAX_SAFE_INTEGER);

/** The greatest whole number that divides both; at least 0, and 0 only for two zeros. */
export function greatestDivisor(a: bigint, b: bigint): bigint {
  let left = a < 0n ? -a : a;
  let right = b < 0n ? -b : b;
  while (right !== 0n) {
    if (left <= maxSafe && right <= maxSafe) return BigInt(greatestSafeDivisor(Number(left), Number(right)));
    [left, right] = [right, left % right];
  }
  return left;
}

/** `greatestDivisor` for safe integers of at least 0: several times as fast. */
export function greatestSafeDivisor(a: number, b: number): number {
  let left = a;
  let right = b;
  while (right > maxSmall) [left, right] = [right, left % right];
  if (right === 0) return left;
  // Small integers, which engines divide much faster than large ones.
  let small = right | 0;
  let rest = (left % right) | 0;
  while (rest !== 0) {
    const next = (small % rest) | 0;
    small = rest;
    rest = next;
  }
  return small;
}

const maxSmall = 2 ** 31 - 1;

/** The least whole number that both divide; both are above 0. */
export function leastMultiple(a: bigint, b: bigint): bigint {
  return (a / greatestDivisor(a, b)) * b;
}

/** Brings a quotient into lowest terms. Refuses a denominator of zero. */
export function fraction(numerator: bigint | number, denominator: bigint | number = 1n): Fraction {
  let top = BigInt(numerator);
  let bottom = BigInt(denominator);
  if (bottom === 0n) throw new DomainError<FractionProblem>('fraction.divided-by-zero');
  if (bottom < 0n) {
    top = -top;
    bottom = -bottom;
  }
  const divisor = greatestDivisor(top, bottom);
  return divisor === 1n ? { numerator: top, denominator: bottom } : { numerator: top / divisor, denominator: bottom / divisor };
}

export function add(a: Fraction, b: Fraction): Fraction {
  if (a.numerator === 0n) return b;
  if (b.numerator === 0n) return a;
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function negate(a: Fraction): Fraction {
  return { numerator: -a.numerator, denominator: a.denominator };
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, negate(b));
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function divide(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Below zero when `a` is the smaller, zero when they are equal, above zero when `a` is the larger. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** The whole number at or just below: -1/3 gives -1. */
export function floor(a: Fraction): bigint {
  return floorOfQuotient(a.numerator, a.denominator);
}

/** The whole number at or just below a quotient whose denominator is above 0. */
export function floorOfQuotient(numerator: bigint, denominator: bigint): bigint {
  const towardsZero = numerator / denominator;
  return numerator < 0n && towardsZero * denominator !== numerator ? towardsZero - 1n : towardsZero;
}

/** The nearest whole number, halves away from zero: tax people's "half up", the same for a credit as for its invoice. */
export function roundHalfUp(a: Fraction): bigint {
  const size = a.numerator < 0n ? -a.numerator : a.numerator;
  const rounded = (2n * size + a.denominator) / (2n * a.denominator);
  return a.numerator < 0n ? -rounded : rounded;
}

/** A quotient near enough to sort by, never to pay by; the denominator is above 0. What no float can hold is cut to 1e300. */
export function approximate(numerator: bigint | number, denominator: bigint | number): number {
  const top = Number(numerator);
  const bottom = Number(denominator);
  if (Number.isFinite(top) && Number.isFinite(bottom)) return top / bottom;
  const whole = floorOfQuotient(BigInt(numerator), BigInt(denominator));
  const rest = BigInt(numerator) - whole * BigInt(denominator);
  return Math.max(-1e300, Math.min(1e300, Number(whole))) + Number((rest << 60n) / BigInt(denominator)) / 2 ** 60;
}

/** "-2/3", "44820000/73", "1": lowest terms, no denominator when it is one. */
export function formatFraction(a: Fraction): string {
  return a.denominator === 1n ? `${a.numerator}` : `${a.numerator}/${a.denominator}`;
}

/** `formatFraction` of a quotient of safe integers, the denominator above 0; equal by test and several times as fast. */
export function formatSafeQuotient(numerator: number, denominator: number): string {
  const divisor = greatestSafeDivisor(Math.abs(numerator), denominator);
  return divisor === denominator ? `${numerator / divisor}` : `${numerator / divisor}/${denominator / divisor}`;
}

const fractionText = /^([-+\u2212]?)(\d{1,5000})(?:\/(\d{1,5000}))?$/;

/**
 * Reads "-2/3" or "5", in lowest terms or not; at most 5,000 digits each.
 * Refuses anything else with `fraction.not-a-number` and a zero below the line with `fraction.divided-by-zero`.
 */
export function parseFraction(text: string): Fraction {
  const match = fractionText.exec(text.trim());
  if (!match) throw new DomainError<FractionProblem>('fraction.not-a-number', { text });
  const size = BigInt(match[2]!);
  return fraction(match[1] === '' || match[1] === '+' ? size : -size, match[3] ? BigInt(match[3]) : 1n);
}

const decimalText = /^(-?)(\d{1,12})(?:\.(\d{1,3}))?$/;

/**
 * Reads a weight (pupils, minutes, sessions) of at most three decimals as whole thousandths: 723.5 gives 723,500.
 * A number is taken exactly as it is written, so 0.1 + 0.2, which is not 0.3, is refused with `fraction.not-a-number`.
 */
export function parseThousandths(value: number | string): number {
  if (typeof value === 'number') {
    const thousandths = Math.round(value * 1000);
    if (!Number.isSafeInteger(thousandths) || thousandths / 1000 !== value) {
      throw new DomainError<FractionProblem>('fraction.not-a-number', { text: String(value) });
    }
    return thousandths === 0 ? 0 : thousandths;
  }
  const match = decimalText.exec(value.trim());
  if (!match) throw new DomainError<FractionProblem>('fraction.not-a-number', { text: value });
  const size = Number(match[2]) * 1000 + Number((match[3] ?? '').padEnd(3, '0'));
  return match[1] && size !== 0 ? -size : size;
}

/** Whole thousandths as people write them: 723,500 gives "723.5". */
export function formatThousandths(thousandths: number | bigint): string {
  const size = BigInt(thousandths);
  const whole = size / 1000n;
  const rest = size % 1000n;
  if (rest === 0n) return `${whole}`;
  const decimals = String(rest < 0n ? -rest : rest).padStart(3, '0').replace(/0+$/, '');
  return `${size < 0n && whole === 0n ? '-' : ''}${whole}.${decimals}`;
}

/** Fractions over one denominator above 0: 1/3 and 2/3 are `[1, 2]` over 3. Safe integers are the fast kind; bigints are never too large. */
export type CommonFractions = SafeFractions | LargeFractions;

export interface SafeFractions {
  readonly numerators: readonly number[];
  readonly denominator: number;
}

export interface LargeFractions {
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
}

export function areSafe(fractions: CommonFractions): fractions is SafeFractions {
  return typeof fractions.denominator === 'number';
}

/** The same fractions at any size. */
export function enlarge(fractions: CommonFractions): LargeFractions {
  if (!areSafe(fractions)) return fractions;
  return { numerators: fractions.numerators.map(BigInt), denominator: BigInt(fractions.denominator) };
}

export function negateAll(fractions: CommonFractions): CommonFractions {
  if (areSafe(fractions)) return { ...fractions, numerators: fractions.numerators.map((numerator) => -numerator) };
  return { ...fractions, numerators: fractions.numerators.map((numerator) => -numerator) };
}

/** True when they add up to a whole number exactly. */
export function addUpTo(fractions: CommonFractions, whole: number): boolean {
  if (areSafe(fractions)) {
    let sum = 0;
    let size = 0;
    for (const numerator of fractions.numerators) {
      sum += numerator;
      size += Math.abs(numerator);
    }
    const wanted = whole * fractions.denominator;
    if (Number.isSafeInteger(size) && Number.isSafeInteger(wanted)) return sum === wanted;
  }
  const { numerators, denominator } = enlarge(fractions);
  return numerators.reduce((sum, numerator) => sum + numerator, 0n) === BigInt(whole) * denominator;
}
