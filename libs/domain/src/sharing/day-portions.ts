import { parseThousandths } from '../kernel/fraction.js';
import { dayNumber } from '../kernel/period.js';
import type { Participant, ShareRequest } from './cost-sharing-rule.js';
import type { Strand } from './strands.js';

/** Days by number, both ends included. */
export interface Span {
  readonly fromDay: number;
  readonly toDay: number;
}

/** A charge without a period is treated as if it had one single day, whose date nobody knows. */
export const undatedSpan: Span = { fromDay: 0, toDay: 0 };

export function daysOf(span: Span): number {
  return span.toDay - span.fromDay + 1;
}

/** The charge's days. */
export function spanOfCharge({ period }: ShareRequest): Span {
  return period ? { fromDay: dayNumber(period.from), toDay: dayNumber(period.to) } : undatedSpan;
}

/** The days of the charge on which each participant takes part; null for one that has none. */
export function spansWithin(charge: Span, { period, participants }: ShareRequest): (Span | null)[] {
  const spans: (Span | null)[] = new Array(participants.length);
  for (let index = 0; index < spans.length; index++) {
    const { from, to } = participants[index]!;
    spans[index] = period && (from || to) ? spanBetween(charge, from, to) : charge;
  }
  return spans;
}

function spanBetween(charge: Span, from: Participant['from'], to: Participant['to']): Span | null {
  const fromDay = from ? Math.max(charge.fromDay, dayNumber(from)) : charge.fromDay;
  const toDay = to ? Math.min(charge.toDay, dayNumber(to)) : charge.toDay;
  return fromDay <= toDay ? { fromDay, toDay } : null;
}

/** The shortest list of spans on each of which the same participants take part, in order of time. */
export function slicesOf(charge: Span, spans: readonly (Span | null)[]): Span[] {
  const starts = new Set([charge.fromDay]);
  for (const span of spans) {
    if (!span || span === charge) continue;
    starts.add(span.fromDay);
    if (span.toDay < charge.toDay) starts.add(span.toDay + 1);
  }
  const inOrder = [...starts].sort((a, b) => a - b);
  return inOrder.map((fromDay, index) => ({ fromDay, toDay: (inOrder[index + 1] ?? charge.toDay + 1) - 1 }));
}

/** One strand of the rule on one slice of days: who takes part, with what weight. */
export interface DayPortion {
  readonly strand: WeighedStrand;
  readonly span: Span;
  /** Indexes into the participants, and their figures in the same order. */
  readonly members: readonly number[];
  readonly weights: readonly number[];
  /** NaN when somebody's figure is missing; a bigint past the safe range. */
  readonly ofWeight: number | bigint;
}

/** A strand and what each participant's weight in it is. */
export interface WeighedStrand extends Strand {
  /** Whole numbers, of thousandths where one of them needs decimals; NaN where nobody has said. */
  readonly figures: readonly number[];
  readonly inThousandths: boolean;
}

/** Reads the weights of a strand, and does not judge them yet. */
export function weighStrand(strand: Strand, participants: readonly Participant[]): WeighedStrand {
  const { basis, measure } = strand.division;
  const figures: number[] = new Array(participants.length);
  for (let index = 0; index < figures.length; index++) {
    const participant = participants[index]!;
    if (basis === 'equal') figures[index] = 1;
    else if (basis === 'fixed') figures[index] = participant.basisPoints ?? NaN;
    else {
      const weight = weightOf(participant, measure);
      if (weight !== undefined && !Number.isSafeInteger(weight)) return weighInThousandths(strand, participants);
      figures[index] = (weight as number | undefined) ?? NaN;
    }
  }
  return { ...strand, figures, inThousandths: false };
}

function weighInThousandths(strand: Strand, participants: readonly Participant[]): WeighedStrand {
  const figures = participants.map((participant) => {
    const weight = weightOf(participant, strand.division.measure);
    return weight === undefined ? NaN : parseThousandths(weight);
  });
  if (figures.every((figure) => Number.isNaN(figure) || figure % 1000 === 0)) {
    return { ...strand, figures: figures.map((figure) => figure / 1000), inThousandths: false };
  }
  return { ...strand, figures, inThousandths: true };
}

function weightOf({ weight, weights }: Participant, measure: string | undefined): number | string | undefined {
  return measure === undefined ? weight : weights?.[measure];
}

/** Every strand on every slice of days, in order of time within each strand. */
export function dayPortions(weighed: readonly WeighedStrand[], slices: readonly Span[], spans: readonly (Span | null)[], participants: readonly Participant[]): DayPortion[] {
  return weighed.flatMap((strand) => {
    const { schools } = strand;
    const ofStrand = schools ? spans.map((span, index) => (schools.has(participants[index]!.school) ? span : null)) : spans;
    return slices.map((span) => portionOn(span, strand, ofStrand));
  });
}

function portionOn(slice: Span, strand: WeighedStrand, spans: readonly (Span | null)[]): DayPortion {
  const members: number[] = [];
  const weights: number[] = [];
  let ofWeight = 0;
  for (let index = 0; index < spans.length; index++) {
    const span = spans[index];
    if (!span || span.fromDay > slice.fromDay || span.toDay < slice.toDay) continue;
    const weight = strand.figures[index]!;
    members.push(index);
    weights.push(weight);
    ofWeight += weight;
  }
  const isSafe = Number.isNaN(ofWeight) || Number.isSafeInteger(ofWeight);
  return { strand, span: slice, members, weights, ofWeight: isSafe ? ofWeight : sumAtAnySize(weights) };
}

/** Percentages that are not whole basis points stay what they are, to be refused in their turn. */
function sumAtAnySize(weights: readonly number[]): number | bigint {
  if (!weights.every(Number.isInteger)) return weights.reduce((sum, weight) => sum + weight, 0);
  return weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
}
