import { compareKeys } from '../kernel/money.js';

/** Time that one school gave another. */
export interface HoursLine {
  readonly giverUrn: string;
  readonly takerUrn: string;
  readonly minutes: number;
}

/** What a school gave and took. The balances of all schools together are nothing: no cash is behind them. */
export interface HoursBalance {
  readonly urn: string;
  readonly givenMinutes: number;
  readonly takenMinutes: number;
  readonly balanceMinutes: number;
}

/** One balance for each school named, by URN. */
export function hoursBalances(lines: readonly HoursLine[], urns: readonly string[]): HoursBalance[] {
  const all = [...new Set([...urns, ...lines.flatMap(({ giverUrn, takerUrn }) => [giverUrn, takerUrn])])].sort(compareKeys);
  const sum = (of: readonly HoursLine[]) => of.reduce((total, { minutes }) => total + minutes, 0);
  return all.map((urn) => {
    const givenMinutes = sum(lines.filter(({ giverUrn }) => giverUrn === urn));
    const takenMinutes = sum(lines.filter(({ takerUrn }) => takerUrn === urn));
    return { urn, givenMinutes, takenMinutes, balanceMinutes: givenMinutes - takenMinutes };
  });
}
