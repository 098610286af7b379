import { parseThousandths } from '../kernel/fraction.js';
import { dayNumber } from '../kernel/period.js';
import type { BasisDivision, Participant, ShareRequest } from './cost-sharing-rule.js';
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

/** The days of the charge on which a participant takes part, or null when it has none. */
export function spanWithin(charge: Span, { from, to }: Participant, dated: boolean): Span | null {
  if (!dated || (!from && !to)) return charge;
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
  readonly strand: Strand;
  readonly span: Span;
  /** Indexes into the participants, and their weights in the same order, whole numbers. */
  readonly members: readonly number[];
  readonly weights: readonly number[];
  readonly ofWeight: number | bigint;
  /** True when the weights are thousandths, since one of them is not whole. */
  readonly inThousandths: boolean;
  /** A member whose weight nobody has given. */
  readonly withoutFigure: string | null;
}

/** Every strand on every slice of days. Weights are read, and not yet judged. */
export function dayPortions(strands: readonly Strand[], slices: readonly Span[], spans: readonly (Span | null)[], participants: readonly Participant[]): DayPortion[] {
  return strands.flatMap((strand) => {
    const figures = participants.map((participant) => figureOf(strand.division, participant));
    const takesPart = participants.map(({ school }, index) => spans[index] !== null && (!strand.schools || strand.schools.has(school)));
    return slices.map((span) => {
      const members: number[] = [];
      for (let index = 0; index < spans.length; index++) {
        if (takesPart[index] && spans[index]!.fromDay <= span.fromDay && spans[index]!.toDay >= span.toDay) members.push(index);
      }
      return { strand, span, members, ...weigh(strand.division, members, figures, participants) };
    });
  });
}

/** What a participant says of itself under a basis: whole basis points or thousandths; NaN when it says nothing. */
export function figureOf(division: BasisDivision, participant: Participant): number {
  if (division.basis === 'equal') return 1;
  if (division.basis === 'fixed') return participant.basisPoints ?? NaN;
  const weight = division.measure === undefined ? participant.weight : participant.weights?.[division.measure];
  return weight === undefined ? NaN : parseThousandths(weight);
}

function weigh({ basis }: BasisDivision, members: readonly number[], figures: readonly number[], participants: readonly Participant[]) {
  let inThousandths = false;
  let withoutFigure: string | null = null;
  let weights = members.map((index) => figures[index]!);
  for (let place = 0; place < weights.length; place++) {
    const weight = weights[place]!;
    if (Number.isNaN(weight)) withoutFigure ??= participants[members[place]!]!.school;
    else if (basis === 'weight' && weight % 1000 !== 0) inThousandths = true;
  }
  if (basis === 'weight' && !inThousandths) weights = weights.map((weight) => weight / 1000);
  return { weights, ofWeight: sumOf(weights), inThousandths, withoutFigure };
}

/** A sum past the safe range is taken in bigints; one with a missing figure is NaN. */
function sumOf(weights: readonly number[]): number | bigint {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return Number.isNaN(sum) || Number.isSafeInteger(sum) ? sum : weights.reduce((total, weight) => total + BigInt(weight), 0n);
}
