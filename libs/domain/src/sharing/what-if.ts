import { compareKeys } from '../kernel/money.js';
import { carryAfter, type Carries } from './carry.js';
import type { CostSharingRule, Participant, ShareRequest } from './cost-sharing-rule.js';
import { shareCharge } from './share-charge.js';

/** A charge before anybody has said how it is shared. */
export type UnsharedCharge = Omit<ShareRequest, 'rule'>;

/** What one school would pay in all under each of two rules. */
export interface WhatIfLine {
  readonly school: string;
  readonly nowPence: number;
  readonly thenPence: number;
  /** Above zero for a school that would pay more. */
  readonly differencePence: number;
}

/**
 * What moving from one rule to another would mean for each school over the same charges, in the order given: each rule
 * with its own running carry, beginning from the carries the participants come with. Ascending by URN; the differences
 * add up to zero. Refuses what `shareCharge` refuses.
 */
export function whatIf(charges: readonly UnsharedCharge[], ruleNow: CostSharingRule, ruleThen: CostSharingRule): WhatIfLine[] {
  const now = totalsUnder(ruleNow, charges);
  const then = totalsUnder(ruleThen, charges);
  return [...new Set([...now.keys(), ...then.keys()])].sort(compareKeys).map((school) => {
    const nowPence = now.get(school) ?? 0;
    const thenPence = then.get(school) ?? 0;
    return { school, nowPence, thenPence, differencePence: thenPence - nowPence };
  });
}

function totalsUnder(rule: CostSharingRule, charges: readonly UnsharedCharge[]): Map<string, number> {
  const totals = new Map<string, number>();
  let carries: Carries = {};
  for (const charge of charges) {
    const running = carries;
    const participants = charge.participants.map((participant) => withCarry(participant, running));
    const { shares } = shareCharge({ ...charge, participants, rule });
    for (const { school, pence } of shares) totals.set(school, (totals.get(school) ?? 0) + pence);
    carries = carryAfter({ ...startingCarries(charge), ...running }, shares);
  }
  return totals;
}

/** A school's own carry counts the first time it is seen; from then on the running one. */
function withCarry(participant: Participant, running: Carries): Participant {
  return { ...participant, carriedPence: running[participant.school] ?? participant.carriedPence };
}

function startingCarries({ participants }: UnsharedCharge): Carries {
  const starting: Record<string, string> = {};
  for (const { school, carriedPence } of participants) if (carriedPence !== undefined) starting[school] ??= carriedPence;
  return starting;
}
