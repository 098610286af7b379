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

/** For each participant the days of the charge on which it takes part, null where it has none. Null when all have all days. */
export type Spans = readonly (Span | null)[] | null;

export function spansWithin(charge: Span, { period, participants }: ShareRequest): Spans {
  if (!period || !participants.some(({ from, to }) => from || to)) return null;
  return participants.map(({ from, to }) => {
    // Dates compare as text; only those inside the charge are read.
    const fromDay = from && from > period.from ? dayNumber(from) : charge.fromDay;
    const toDay = to && to < period.to ? dayNumber(to) : charge.toDay;
    return fromDay <= toDay ? { fromDay, toDay } : null;
  });
}

/** The shortest list of spans on each of which the same participants take part, in order of time. */
export function slicesOf(charge: Span, spans: Spans): Span[] {
  const starts = new Set([charge.fromDay]);
  for (const span of spans ?? []) {
    if (!span) continue;
    starts.add(span.fromDay);
    if (span.toDay < charge.toDay) starts.add(span.toDay + 1);
  }
  if (starts.size === 1) return [charge];
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
export function dayPortions(weighed: readonly WeighedStrand[], slices: readonly Span[], spans: Spans, participants: readonly Participant[]): DayPortion[] {
  return weighed.flatMap((strand) => slices.map((span) => portionOn(span, strand, spans, participants)));
}

function portionOn(slice: Span, strand: WeighedStrand, spans: Spans, participants: readonly Participant[]): DayPortion {
  const { figures, schools } = strand;
  const members: number[] = new Array(figures.length);
  let count = 0;
  for (let index = 0; index < figures.length; index++) {
    if (spans && !covers(spans[index]!, slice)) continue;
    if (schools && !schools.has(participants[index]!.school)) continue;
    members[count++] = index;
  }
  members.length = count;
  const weights = count === figures.length ? figures : members.map((index) => figures[index]!);
  return { strand, span: slice, members, weights, ofWeight: sumOf(weights) };
}

function covers(span: Span | null, slice: Span): boolean {
  return span !== null && span.fromDay <= slice.fromDay && span.toDay >= slice.toDay;
}

/** A sum past the safe range is a bigint; one with a missing figure is NaN, and one of broken percentages is what it is. */
function sumOf(weights: readonly number[]): number | bigint {
  let sum = 0;
  for (let place = 0; place < weights.length; place++) sum += weights[place]!;
  if (Number.isSafeInteger(sum) || !weights.every(Number.isInteger)) return sum;
  return weights.reduce((total, weight) => total + BigInt(weight), 0n);
}
