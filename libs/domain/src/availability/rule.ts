import type { Facts } from '../kernel/domain-error.js';
import { isoOf, type Instant, type InstantPeriod } from '../kernel/zone.js';
import type { Question } from './question.js';
import type { AvailabilityCode } from './refusal.js';

/**
 * What stands in the way. A period is refused when it starts before the block's end and ends after its start.
 * A block may end before it starts: then it refuses only periods that reach over both of its edges
 * (both halves of a day; the middle of a gap from which neither neighbour can be reached).
 */
export type Block = InstantPeriod;

/** A rule is named as the sentence it enforces and yields, sorted by start, all that breaks it. */
export interface Rule<B extends Block> {
  readonly code: AvailabilityCode;
  /** True when the answer is the same for every specialist, so that it is worked out once. */
  readonly sameForAll: boolean;
  blocks(question: Question, specialistId: string): readonly B[];
  facts(block: B, question: Question, specialistId: string): Facts;
}

export function blocks(block: Block, startsAt: Instant, endsAt: Instant): boolean {
  return startsAt < block.endsAt && endsAt > block.startsAt;
}

/** The earliest time that would do as far as one rule knows; absent when none would. */
export function earliestFact(instant: Instant): Facts {
  return Number.isFinite(instant) ? { earliest: isoOf(instant) } : {};
}

/** What the periods leave uncovered, out to both ends of time. The periods are sorted by start. */
export function uncovered(periods: readonly InstantPeriod[]): Block[] {
  const gaps: Block[] = [];
  let coveredTo = -Infinity;
  for (const { startsAt, endsAt } of periods) {
    if (startsAt > coveredTo) gaps.push({ startsAt: coveredTo, endsAt: startsAt });
    if (endsAt > coveredTo) coveredTo = endsAt;
  }
  if (coveredTo < Infinity) gaps.push({ startsAt: coveredTo, endsAt: Infinity });
  return gaps;
}

/** A rule that looks at rows, schools and the specialist only, never at the period: its answer is kept with the input. */
export function remembered<B extends Block>(rule: Rule<B>): Rule<B> {
  return {
    ...rule,
    blocks(question, specialistId) {
      const key = `${rule.code} ${question.schoolUrns.join(' ')} ${rule.sameForAll ? '' : specialistId}`;
      const known = question.index.remembered.get(key) as readonly B[] | undefined;
      if (known) return known;
      const blocks = rule.blocks(question, specialistId);
      question.index.remembered.set(key, blocks);
      return blocks;
    },
  };
}
