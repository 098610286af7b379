import { DomainError, type Facts } from '../kernel/domain-error.js';
import { compareKeys } from '../kernel/money.js';
import { dateOfDayNumber } from '../kernel/period.js';
import type { CostSharingProblem, DivisionRule, Participant } from './cost-sharing-rule.js';
import { undatedSpan, type DayPortion, type Span, type Spans, type WeighedStrand } from './day-portions.js';
import type { Roll } from './roll.js';
import { portionListsOf, type PortionList } from './strands.js';

/** Ten thousand basis points are the whole. */
const wholeBasisPoints = 10_000;

export function refuse(code: CostSharingProblem, facts: Facts = {}): never {
  throw new DomainError<CostSharingProblem>(code, facts);
}

export function someoneTakesPart(participants: readonly Participant[]): void {
  if (participants.length === 0) refuse('cost-sharing.no-participants');
}

/** A school may stand twice for different days of the charge, and belongs to one group only. */
export function nobodyTakesPartTwice(roll: Roll, participants: readonly Participant[], spans: Spans, rule: DivisionRule): void {
  if (roll.schools.length < participants.length) refuseOverlaps(participants, spans);
  for (const { portions } of portionListsOf(rule)) {
    const seen = new Map<string, string>();
    for (const { name, schools = [] } of portions) {
      for (const school of schools) {
        if (seen.has(school)) refuse('cost-sharing.same-school-twice', { school, groups: [seen.get(school), name] });
        seen.set(school, name);
      }
    }
  }
}

function refuseOverlaps(participants: readonly Participant[], spans: Spans): void {
  const inOrder = participants.flatMap(({ school }, index) => {
    const span = spans ? spans[index] : undatedSpan;
    return span ? [{ school, span }] : [];
  });
  inOrder.sort((a, b) => compareKeys(a.school, b.school) || a.span.fromDay - b.span.fromDay);
  for (let index = 1; index < inOrder.length; index++) {
    const before = inOrder[index - 1]!;
    const { school, span } = inOrder[index]!;
    if (before.school === school && span.fromDay <= before.span.toDay) {
      refuse('cost-sharing.same-school-twice', { school, ...dayFact('on', span.fromDay, span) });
    }
  }
}

/** Weights, percentages and portions are nothing or more, on the charge's days and on others. */
export function noWeightIsNegative(rule: DivisionRule, weighed: readonly WeighedStrand[], participants: readonly Participant[]): void {
  for (const { portions } of portionListsOf(rule)) {
    const portion = portions.find(({ basisPoints }) => basisPoints < 0);
    if (portion) refuse('cost-sharing.negative-weight', { portion: portion.name, basisPoints: portion.basisPoints });
  }
  for (const { figures } of weighed) {
    for (let index = 0; index < figures.length; index++) {
      if (figures[index]! < 0) refuse('cost-sharing.negative-weight', { school: participants[index]!.school });
    }
  }
}

/** Portions and percentages make exactly one whole, and groups leave no participant out. */
export function everythingIsWhole(rule: DivisionRule, portions: readonly DayPortion[], participants: readonly Participant[]): void {
  for (const list of portionListsOf(rule)) portionsAreWhole(list, participants);
  for (const portion of portions) {
    const { strand, weights, ofWeight } = portion;
    if (strand.division.basis !== 'fixed') continue;
    if (ofWeight !== wholeBasisPoints || !weights.every(Number.isInteger)) {
      refuse('cost-sharing.not-whole', { ...wholeFacts(portion, participants), ...placeFacts(portion) });
    }
  }
}

function portionsAreWhole({ portions, among }: PortionList, participants: readonly Participant[]): void {
  const basisPoints = portions.reduce((sum, portion) => sum + portion.basisPoints, 0);
  if (basisPoints !== wholeBasisPoints || !portions.every((portion) => Number.isInteger(portion.basisPoints))) {
    refuse('cost-sharing.not-whole', { basisPoints, portions: portions.map(({ name }) => name) });
  }
  if (!portions.some(({ schools }) => schools)) return;
  const inGroups = new Set(portions.flatMap(({ schools = [] }) => schools));
  const spokenFor = among && new Set(among);
  const outside = participants.find(({ school }) => !inGroups.has(school) && (!spokenFor || spokenFor.has(school)));
  if (outside) refuse('cost-sharing.not-whole', { school: outside.school, groups: portions.map(({ name }) => name) });
}

/** What the percentages make, or whose is missing. */
function wholeFacts(portion: DayPortion, participants: readonly Participant[]): Facts {
  const school = withoutFigure(portion, participants);
  return school === undefined ? { basisPoints: Number(portion.ofWeight) } : { school };
}

/** On every day and in every part and group there is somebody to divide among, and nobody's weight is guessed. */
export function everyDayHasWeight(portions: readonly DayPortion[], participants: readonly Participant[]): void {
  if (portions.length === 0) refuse('cost-sharing.no-weight');
  for (const portion of portions) {
    const school = withoutFigure(portion, participants);
    if (school !== undefined) refuse('cost-sharing.no-weight', { school, ...placeFacts(portion) });
    if (Number(portion.ofWeight) === 0) refuse('cost-sharing.no-weight', placeFacts(portion));
  }
}

/** The first member of a portion whose weight nobody has given. */
function withoutFigure({ members, weights, ofWeight }: DayPortion, participants: readonly Participant[]): string | undefined {
  if (!Number.isNaN(ofWeight)) return undefined;
  return participants[members[weights.findIndex(Number.isNaN)]!]?.school;
}

/** Where in the rule and when something is amiss. */
function placeFacts({ strand: { part, group }, span }: DayPortion): Facts {
  return { ...(part !== undefined && { part }), ...(group !== undefined && { group }), ...dayFact('from', span.fromDay, span), ...dayFact('to', span.toDay, span) };
}

function dayFact(name: string, day: number, span: Span): Facts {
  return span === undatedSpan || !Number.isFinite(day) ? {} : { [name]: dateOfDayNumber(day) };
}
