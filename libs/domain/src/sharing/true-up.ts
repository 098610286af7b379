import { compareKeys } from '../kernel/money.js';

/** Pence of one school: contributed on account, or its actual shares. */
export interface SchoolPence {
  readonly school: string;
  readonly pence: number;
}

/** What one school still owes, or gets back, once its actual shares are known. */
export interface TrueUpLine {
  readonly school: string;
  readonly onAccountPence: number;
  readonly actualPence: number;
  /** Above zero: still to be charged. Below zero: a credit, which a leaver is refunded after its last charges. */
  readonly differencePence: number;
}

/** Sets contributions on account against actual shares, each school's lists added up; ascending by URN. */
export function trueUp(onAccount: readonly SchoolPence[], actual: readonly SchoolPence[]): TrueUpLine[] {
  const asked = totals(onAccount);
  const borne = totals(actual);
  return [...new Set([...asked.keys(), ...borne.keys()])].sort(compareKeys).map((school) => {
    const onAccountPence = asked.get(school) ?? 0;
    const actualPence = borne.get(school) ?? 0;
    return { school, onAccountPence, actualPence, differencePence: actualPence - onAccountPence };
  });
}

function totals(list: readonly SchoolPence[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { school, pence } of list) sums.set(school, (sums.get(school) ?? 0) + pence);
  return sums;
}
