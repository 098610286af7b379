import { type InstantPeriod } from '../kernel/zone.js';
import type { Question } from './question.js';
import type { RefusedRun } from './refusal.js';
import type { Block, Rule } from './rule.js';
import { availabilityRules } from './rules.js';

/** A block's stretch of time for showing it, within the span and not before `from`. */
function shown(block: Block, from: number, span: InstantPeriod): InstantPeriod {
  const startsAt = Math.min(block.startsAt, block.endsAt);
  const endsAt = Math.max(block.startsAt, block.endsAt);
  return { startsAt: Math.max(startsAt, from, span.startsAt), endsAt: Math.min(endsAt, span.endsAt) };
}

/** Takes from the time that is still unexplained what the rule's blocks cover; tells each piece that it takes. */
function taken(
  unexplained: readonly InstantPeriod[],
  blocks: readonly Block[],
  span: InstantPeriod,
  tell: (piece: InstantPeriod, block: Block) => void,
): InstantPeriod[] {
  const left: InstantPeriod[] = [];
  let next = 0;
  for (const open of unexplained) {
    let from = open.startsAt;
    while (next < blocks.length && shown(blocks[next] as Block, -Infinity, span).endsAt <= from) next += 1;
    for (let i = next; i < blocks.length && from < open.endsAt; i += 1) {
      const block = blocks[i] as Block;
      const piece = shown(block, from, { startsAt: open.startsAt, endsAt: open.endsAt });
      if (piece.startsAt >= open.endsAt) break;
      if (piece.endsAt <= piece.startsAt) continue;
      if (piece.startsAt > from) left.push({ startsAt: from, endsAt: piece.startsAt });
      tell(piece, block);
      from = piece.endsAt;
    }
    if (from < open.endsAt) left.push({ startsAt: from, endsAt: open.endsAt });
  }
  return left;
}

function runsOf(question: Question, specialistId: string, span: InstantPeriod, blocksOf: (rule: Rule<Block>) => readonly Block[]): RefusedRun[] {
  const runs: RefusedRun[] = [];
  let unexplained: InstantPeriod[] = [span];
  for (const rule of availabilityRules) {
    unexplained = taken(unexplained, blocksOf(rule), span, (piece, block) => {
      runs.push({ specialistId, ...piece, code: rule.code, facts: rule.facts(block, question, specialistId) });
    });
  }
  return runs.sort((a, b) => a.startsAt - b.startsAt);
}

/**
 * Why time is not free, as stretches without overlap for each specialist. Where several rules refuse the same
 * moment, the first in order has it; so the first in order among the runs that a period overlaps is what `whyNot` says.
 */
export function refusedRuns(question: Question, specialistIds: readonly string[], span: InstantPeriod): RefusedRun[] {
  if (span.startsAt >= span.endsAt) return [];
  const common = new Map(
    availabilityRules.filter((rule) => rule.sameForAll).map((rule) => [rule, rule.blocks(question, '')] as const),
  );
  return specialistIds.flatMap((specialistId) =>
    runsOf(question, specialistId, span, (rule) => common.get(rule) ?? rule.blocks(question, specialistId)),
  );
}
