import { joinedSpans, withoutHoles } from './date-spans.js';
import type { DateOnly } from '../kernel/period.js';
import { dateAt } from '../kernel/zone.js';
import type { SchoolBlock } from './agreement-rules.js';
import type { EntitlementLeft } from './input.js';
import { asInstants, daysWithin, instantOn, type Question } from './question.js';
import { earliestFact, uncovered, type Rule } from './rule.js';
import { milliunitsBySchool, milliunitsOf, milliunitsOfLength } from './units.js';

interface EntitlementBlock extends SchoolBlock {
  readonly neededMilliunits: number;
}

const coversDate = (row: EntitlementLeft, date: DateOnly): boolean => row.period.from <= date && date <= row.period.to;

/** What is left for a school once the other sessions of the same series have taken their part. */
function leftFor(question: Question, schoolUrn: string): EntitlementLeft[] {
  const { agreement, entitlements, zone } = question.input;
  const rows = entitlements.filter((row) => row.schoolUrn === schoolUrn).map((row) => ({ ...row }));
  for (const period of question.alongside) {
    const date = dateAt(period.startsAt, zone);
    const all = milliunitsOf(agreement.unit, period, agreement, zone);
    const part = milliunitsBySchool(all, question.schoolUrns).get(schoolUrn) ?? 0;
    const drawn = rows.find((row) => coversDate(row, date) && row.leftMilliunits >= part);
    if (drawn) drawn.leftMilliunits -= part;
  }
  return rows;
}

/** The school's part of a session that takes so many halves; of the wanted period itself when there is one. */
function partOf(question: Question, schoolUrn: string, halves: number): number {
  const { agreement } = question.input;
  const all = milliunitsOfLength(agreement.unit, question.lengthMs, halves);
  return milliunitsBySchool(all, question.schoolUrns).get(schoolUrn) ?? 0;
}

/** Blocks that refuse only sessions on both sides of the midday break, on days where half a day is left but not a whole one. */
function bothHalvesBlocks(question: Question, schoolUrn: string, half: EntitlementLeft[], neededMilliunits: number): EntitlementBlock[] {
  const enough = half.filter((row) => row.leftMilliunits >= neededMilliunits).map((row) => row.period);
  const onlyHalf = withoutHoles(joinedSpans(half.map((row) => row.period)), enough);
  const { morning, afternoon } = question.input.agreement;
  return onlyHalf.flatMap((span) => {
    const { first, last } = daysWithin(question.days, span.from, span.to);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ({
      startsAt: instantOn(question.days, first + i, afternoon.startMinute),
      endsAt: instantOn(question.days, first + i, morning.endMinute),
      schoolUrn,
      neededMilliunits,
    }));
  });
}

function blocksOfSchool(question: Question, schoolUrn: string): EntitlementBlock[] {
  const { unit } = question.input.agreement;
  const rows = leftFor(question, schoolUrn);
  const needed = partOf(question, schoolUrn, 1);
  const enough = rows.filter((row) => row.leftMilliunits >= needed);
  const none = uncovered(asInstants(enough.map((row) => row.period), question.input.zone));
  const blocks = none.map((gap) => ({ ...gap, schoolUrn, neededMilliunits: needed }));
  if (unit !== 'day' && unit !== 'half-day') return blocks;
  return [...blocks, ...bothHalvesBlocks(question, schoolUrn, enough, partOf(question, schoolUrn, 2))];
}

/**
 * Entitlement is left for every school's part, unless the agreement allows pay-as-you-go. A session draws on one
 * entitlement period, that of its date; joint bookings are divided as `milliunitsBySchool` says.
 */
export const entitlementIsLeft: Rule<EntitlementBlock> = {
  code: 'availability.no-entitlement',
  sameForAll: true,
  blocks(question) {
    if (question.input.agreement.payAsYouGo) return [];
    return question.schoolUrns.flatMap((urn) => blocksOfSchool(question, urn)).sort((a, b) => a.startsAt - b.startsAt);
  },
  facts(block, question) {
    const { agreement, zone } = question.input;
    const { schoolUrn } = block;
    if (!question.wanted) return { schoolUrn, unit: agreement.unit, neededMilliunits: block.neededMilliunits };
    const all = milliunitsOf(agreement.unit, question.wanted, agreement, zone);
    const date = dateAt(question.wanted.startsAt, zone);
    const left = leftFor(question, schoolUrn).filter((row) => coversDate(row, date));
    return {
      schoolUrn,
      unit: agreement.unit,
      neededMilliunits: milliunitsBySchool(all, question.schoolUrns).get(schoolUrn) ?? 0,
      leftMilliunits: Math.max(0, ...left.map((row) => row.leftMilliunits)),
      // When the next entitlement period begins that has enough; what refuses only long sessions of one day says nothing.
      ...(block.endsAt > question.wanted.endsAt ? earliestFact(block.endsAt) : {}),
    };
  },
};
