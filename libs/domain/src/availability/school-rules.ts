import { wholeDays } from '../kernel/zone.js';
import { uncoveredBySchool, type SchoolBlock } from './agreement-rules.js';
import type { Question } from './question.js';
import { earliestFact, remembered, type Rule } from './rule.js';
import type { Closure } from './school-calendar.js';

interface ClosureBlock extends SchoolBlock {
  readonly closure: Closure;
}

/** The days on which any of the schools is closed for this reason. */
function closuresOf(question: Question, kind: Closure['kind']): ClosureBlock[] {
  const { zone } = question.input;
  return question.schoolUrns
    .flatMap((schoolUrn) =>
      (question.index.calendars.get(schoolUrn)?.closures ?? [])
        .filter((closure) => closure.kind === kind)
        .map((closure) => ({ ...wholeDays(closure.from, closure.to, zone), schoolUrn, closure })),
    )
    .sort((a, b) => a.startsAt - b.startsAt);
}

const closureFacts = (block: ClosureBlock): Record<string, unknown> => ({
  schoolUrn: block.schoolUrn,
  name: block.closure.name,
  from: block.closure.from,
  to: block.closure.to,
  ...earliestFact(block.endsAt),
});

/** The school year is known: nothing is booked blindly on a day that may turn out to be a holiday. */
export const schoolYearIsKnown: Rule<SchoolBlock> = remembered({
  code: 'availability.calendar-not-known',
  sameForAll: true,
  blocks: (question) => uncoveredBySchool(question, (urn) => question.index.calendars.get(urn)?.known ?? []),
  facts: (block) => ({ schoolUrn: block.schoolUrn, ...earliestFact(block.endsAt) }),
});

/** Every school is in term and not on its half-term holiday. */
export const schoolIsInTerm: Rule<ClosureBlock> = remembered({
  code: 'availability.school-holiday',
  sameForAll: true,
  blocks: (question) => closuresOf(question, 'holiday'),
  facts: closureFacts,
});

/** Every school has its pupils in, unless the sessions are for staff. */
export const schoolHasPupilsIn: Rule<ClosureBlock> = remembered({
  code: 'availability.school-inset',
  sameForAll: true,
  blocks: (question) => (question.input.agreement.forStaff ? [] : closuresOf(question, 'inset')),
  facts: closureFacts,
});

/** The day is no bank holiday at any of the schools. */
export const dayIsNoBankHoliday: Rule<ClosureBlock> = remembered({
  code: 'availability.bank-holiday',
  sameForAll: true,
  blocks: (question) => closuresOf(question, 'bank-holiday'),
  facts: closureFacts,
});
