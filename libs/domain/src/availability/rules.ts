import { agreementCovers, horizonIsKept, noticeIsKept, schoolSubscribes } from './agreement-rules.js';
import { entitlementIsLeft } from './entitlement-rule.js';
import type { Question } from './question.js';
import { blocks, type Block, type Rule } from './rule.js';
import type { Refusal } from './refusal.js';
import { dayIsNoBankHoliday, schoolHasPupilsIn, schoolIsInTerm, schoolYearIsKnown } from './school-rules.js';
import {
  credentialsAreValid,
  roomIsFree,
  specialistIsFree,
  specialistIsThere,
  specialistWorks,
} from './specialist-rules.js';
import { travelFits } from './travel-rule.js';

const rule = <B extends Block>(one: Rule<B>): Rule<Block> => one as unknown as Rule<Block>;

/**
 * Every rule, in the order in which they are asked; the first that is broken is the answer. What people can see
 * on a wall planner comes first (a half-term Tuesday says school holiday, also of a specialist who is off with the
 * schools), then the specialist's diary, then the calendar's edges, and last what only the ledger knows.
 * `availability.no-such-time` comes before all of them: such a period cannot be written down at all.
 */
export const availabilityRules: readonly Rule<Block>[] = [
  rule(agreementCovers),
  rule(schoolSubscribes),
  rule(schoolYearIsKnown),
  rule(schoolIsInTerm),
  rule(schoolHasPupilsIn),
  rule(dayIsNoBankHoliday),
  rule(specialistWorks),
  rule(specialistIsThere),
  rule(credentialsAreValid),
  rule(specialistIsFree),
  rule(roomIsFree),
  rule(travelFits),
  rule(noticeIsKept),
  rule(horizonIsKept),
  rule(entitlementIsLeft),
];

/** The first rule that a period breaks, or null. The question is one about that period. */
export function firstRefusal(question: Question, specialistId: string): Refusal | null {
  const { wanted } = question;
  if (!wanted) return null;
  for (const one of availabilityRules) {
    const block = one.blocks(question, specialistId).find((each) => blocks(each, wanted.startsAt, wanted.endsAt));
    if (block) return { code: one.code, facts: one.facts(block, question, specialistId) };
  }
  return null;
}
