import { dateAt, dayAt, instantAtOrAfter, isoOf, type Instant } from '../kernel/zone.js';
import { asInstants, endOfTime, type Question } from './question.js';
import { earliestFact, remembered, uncovered, type Block, type Rule } from './rule.js';
import type { AvailabilityInput } from './input.js';

/** A block that concerns one school of those that ask. */
export interface SchoolBlock extends Block {
  readonly schoolUrn: string;
}

/** What each school's periods leave uncovered, all schools together, sorted by start. */
export function uncoveredBySchool(
  question: Question,
  periodsOf: (schoolUrn: string) => Parameters<typeof asInstants>[0],
): SchoolBlock[] {
  return question.schoolUrns
    .flatMap((schoolUrn) =>
      uncovered(asInstants(periodsOf(schoolUrn), question.input.zone)).map((gap) => ({ ...gap, schoolUrn })),
    )
    .sort((a, b) => a.startsAt - b.startsAt);
}

/** The agreement is in force on every day of the period. */
export const agreementCovers: Rule<Block> = remembered({
  code: 'availability.no-agreement',
  sameForAll: true,
  blocks: ({ input }) => uncovered(asInstants([input.agreement.term], input.zone)),
  facts: (block, { input: { agreement } }) => ({
    agreementId: agreement.agreementId,
    from: agreement.term.from,
    to: agreement.term.to,
    ...earliestFact(block.endsAt),
  }),
});

/** Every school that asks subscribes to the agreement on that day. */
export const schoolSubscribes: Rule<SchoolBlock> = remembered({
  code: 'availability.not-subscribed',
  sameForAll: true,
  blocks: (question) =>
    uncoveredBySchool(question, (urn) =>
      question.input.agreement.subscriptions
        .filter((subscription) => subscription.schoolUrn === urn)
        .map(({ from, until }) => ({ from, to: until ?? endOfTime })),
    ),
  facts: (block, { input }) => ({
    schoolUrn: block.schoolUrn,
    agreementId: input.agreement.agreementId,
    ...earliestFact(block.endsAt),
  }),
});

/** The first start that keeps the notice: so many elapsed hours from now, or the first moment of the day so many days on. */
export function earliestStart({ agreement, now, zone }: AvailabilityInput): Instant {
  const { minimumNotice } = agreement;
  if ('hours' in minimumNotice) return now + minimumNotice.hours * 3_600_000;
  return Math.max(now, instantAtOrAfter(dayAt(now, zone) + minimumNotice.days, 0, zone));
}

/** The first moment that is too far ahead: the horizon counts wall days and its last day belongs to it. */
export function endOfHorizon({ agreement, now, zone }: AvailabilityInput): Instant {
  return instantAtOrAfter(dayAt(now, zone) + agreement.horizonDays + 1, 0, zone);
}

/** Nobody is booked at shorter notice than was agreed, nor in the past. */
export const noticeIsKept: Rule<Block> = remembered({
  code: 'availability.notice-too-short',
  sameForAll: true,
  blocks: ({ input }) => [{ startsAt: -Infinity, endsAt: earliestStart(input) }],
  facts: (block, { input }) => ({ minimumNotice: input.agreement.minimumNotice, ...earliestFact(block.endsAt) }),
});

/** Nobody books farther ahead than was agreed. */
export const horizonIsKept: Rule<Block> = remembered({
  code: 'availability.too-far-ahead',
  sameForAll: true,
  blocks: ({ input }) => [{ startsAt: endOfHorizon(input), endsAt: Infinity }],
  facts: (block, { input }) => ({
    horizonDays: input.agreement.horizonDays,
    latest: isoOf(block.startsAt),
    lastDay: dateAt(block.startsAt - 1, input.zone),
  }),
});
