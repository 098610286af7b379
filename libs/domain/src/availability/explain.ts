import type { InstantPeriod } from '../kernel/zone.js';
import type { Question } from './question.js';
import type { RefusedRun } from './refusal.js';
import type { Block, Rule } from './rule.js';
import { availabilityRules } from './rules.js';

/** The part of a block that lies in an open stretch, from a moment on; empty (or negative) when none does. */
function pieceOf(block: Block, open: InstantPeriod, from: number): InstantPeriod {
  const startsAt = Math.min(block.startsAt, block.endsAt);
  const endsAt = Math.max(block.startsAt, block.endsAt);
  return { startsAt: Math.max(startsAt, from), endsAt: Math.min(endsAt, open.endsAt) };
}

const isOver = (block: Block, instant: number): boolean => block.startsAt <= instant && block.endsAt <= instant;

type Tell = (piece: InstantPeriod, block: Block) => void;

/** Takes from one open stretch what blocks cover, from the block with a number on; returns what is left of it. */
function takenFrom(open: InstantPeriod, blocks: readonly Block[], first: number, tell: Tell): InstantPeriod[] {
  const left: InstantPeriod[] = [];
  let from = open.startsAt;
  for (let i = first; i < blocks.length && from < open.endsAt; i += 1) {
    const block = blocks[i] as Block;
    const piece = pieceOf(block, open, from);
    if (piece.startsAt >= open.endsAt) break;
    if (piece.endsAt <= piece.startsAt) continue;
    if (piece.startsAt > from) left.push({ startsAt: from, endsAt: piece.startsAt });
    tell(piece, block);
    from = piece.endsAt;
  }
  if (from < open.endsAt) left.push({ startsAt: from, endsAt: open.endsAt });
  return left;
}

/** Takes from the time that is still unexplained what a rule's blocks cover; both are sorted, so both are walked once. */
function taken(unexplained: readonly InstantPeriod[], blocks: readonly Block[], tell: Tell): InstantPeriod[] {
  let next = 0;
  return unexplained.flatMap((open) => {
    while (next < blocks.length && isOver(blocks[next] as Block, open.startsAt)) next += 1;
    return takenFrom(open, blocks, next, tell);
  });
}

function runsOf(question: Question, specialistId: string, span: InstantPeriod, blocksOf: (rule: Rule<Block>) => readonly Block[]): RefusedRun[] {
  const runs: RefusedRun[] = [];
  let unexplained: InstantPeriod[] = [span];
  for (const rule of availabilityRules) {
    unexplained = taken(unexplained, blocksOf(rule), (piece, block) => {
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
