import { fraction, roundHalfUp } from '../kernel/fraction.js';

/** Pence for each of so many, half a penny up; null when there is none to share it among. */
export function perEachPence(pence: number, count: number): number | null {
  return count > 0 ? Number(roundHalfUp(fraction(pence, count))) : null;
}

/** Pence for each pupil, half a penny up; pupils come in thousandths, since a number can be a half. */
export function perPupilPence(pence: number, pupilThousandths: number): number | null {
  return pupilThousandths > 0 ? Number(roundHalfUp(fraction(BigInt(pence) * 1000n, pupilThousandths))) : null;
}

/** The middle value, or the mean of the two middle ones rounded half up; null of none. Unlike a mean it is not moved by one long wait. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const inOrder = [...values].sort((a, b) => a - b);
  const middle = inOrder.length >> 1;
  if (inOrder.length % 2 === 1) return inOrder[middle] ?? null;
  return Number(roundHalfUp(fraction((inOrder[middle - 1] ?? 0) + (inOrder[middle] ?? 0), 2)));
}

/** A part of a whole in basis points, half up: 2,500 is a quarter; null of nothing. */
export function partInBasisPoints(part: number, whole: number): number | null {
  return whole > 0 ? Number(roundHalfUp(fraction(BigInt(part) * 10_000n, whole))) : null;
}
