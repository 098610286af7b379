import { formatPounds } from '../kernel/money.js';
import { addDays, type DateOnly, type DatePeriod } from '../kernel/period.js';
import { addMonths } from './instalments.js';

/** What the product charges by itself when a day has come; sessions and late cancellations are charged when they happen. */
export type DueKind =
  | 'instalment' | 'minimum-commitment' | 'discount' | 'uplift' | 'administration-fee' | 'on-account' | 'true-up' | 'shared-post' | 'group-contract' | 'adjustment';

/** A school's part in dividing something by a measure: pupils, pence charged so far. */
export interface Weight {
  readonly urn: string;
  readonly weight: number;
}

/** A way of dividing that the charge brings itself. */
export interface Among {
  /** As schools read it after "by": "what each was charged". */
  readonly measure: string;
  readonly weights: readonly Weight[];
}

/** Units of a day, in thousandths. */
export interface UnitsUsed {
  readonly on: DateOnly;
  readonly milliunits: number;
}

/** A charge that would be due, were it known what became of some sessions. */
export interface Waiting {
  readonly sessions: number;
  /** The last day on which it waits. */
  readonly until: DateOnly;
}

/** A charge that falls due, with the sentences that say how it was worked out. */
export interface DueCharge {
  /** Made once in a collaboration, whoever asks and however often: a charge that exists carries its key. */
  readonly key: string;
  readonly kind: DueKind;
  readonly planId: string | null;
  readonly agreementId: string | null;
  readonly instalmentId?: string;
  /** The charge that this one gives back and divides anew; its own pence are then nothing, and a person makes it. */
  readonly redivides?: string;
  /** The charge that this one puts right, along the shares that were charged. */
  readonly corrects?: string;
  /** Set while it is not known yet what became of some sessions: then it is shown, and not made. */
  readonly waits?: Waiting;
  /** What is missing to work it out; its pence are then nothing, and it is not made. */
  readonly lacks?: { readonly code: string; readonly facts: Readonly<Record<string, unknown>> };
  readonly description: string;
  /** Never nothing but for a division anew and where something is missing; below zero gives back. */
  readonly pence: number;
  readonly serviceFrom: DateOnly;
  readonly serviceTo: DateOnly;
  readonly belongsOn: DateOnly;
  readonly dueOn: DateOnly;
  readonly workings: readonly string[];
  /** Null goes by the agreement's rule, or equally among the members. */
  readonly among: Among | null;
}

/** What was charged so far: one line a kind, day and school, corrections counted with the charge that they correct. */
export interface ChargedLine {
  readonly agreementId: string | null;
  readonly planId: string | null;
  readonly kind: string;
  readonly belongsOn: DateOnly;
  readonly urn: string;
  readonly pence: number;
  /** True for what a person put right: a plan neither takes it back nor gives it once more. */
  readonly byHand?: boolean;
}

/** What decides what is due of one plan, beside its terms. */
export interface DuePlan {
  /** Everything charged within the plan's agreement, or in the collaboration. */
  readonly inScope: readonly ChargedLine[];
  /** What the plan itself charged. */
  readonly ofPlan: readonly ChargedLine[];
  readonly madeKeys: ReadonlySet<string>;
  /** Sessions in scope of which it is not known yet whether they took place. */
  readonly open: readonly UnitsUsed[];
  /** True while a charge of the plan waits to be shared: until then nothing of it is put right. */
  readonly isUnshared: boolean;
  readonly today: DateOnly;
  readonly through: DateOnly;
}

export const sumPence = (lines: readonly { readonly pence: number }[]): number => lines.reduce((sum, { pence }) => sum + pence, 0);

/** Pence by school, as weights; schools with nothing or less are left out, since a weight is never below nothing. */
export function weightsOf(lines: readonly { readonly urn: string; readonly pence: number }[]): Weight[] {
  const sums = new Map<string, number>();
  for (const { urn, pence } of lines) sums.set(urn, (sums.get(urn) ?? 0) + pence);
  return [...sums].filter(([, pence]) => pence > 0).map(([urn, weight]) => ({ urn, weight }));
}

/** By what each was charged; where everything was taken back, by what each paid of the plan, or had of it. */
export function weightsOr(lines: readonly ChargedLine[], ofPlan: readonly ChargedLine[]): Weight[] {
  const weights = weightsOf(lines);
  if (weights.length > 0) return weights;
  const paid = weightsOf(ofPlan);
  return paid.length > 0 ? paid : weightsOf(ofPlan.map(({ urn, pence }) => ({ urn, pence: 0 - pence })));
}

/** The period cut into runs of whole months from its first day on; the last run ends with the period. */
export function runsOf({ from, to }: DatePeriod, months: number): DatePeriod[] {
  const runs: DatePeriod[] = [];
  for (let count = 0, start = from; start <= to; count += 1, start = addMonths(from, months * count)) {
    const last = addDays(addMonths(from, months * (count + 1)), -1);
    runs.push({ from: start, to: last < to ? last : to });
  }
  return runs;
}

/** "2.5 %": basis points as people write them. */
export const percentOf = (basisPoints: number): string => `${basisPoints % 100 === 0 ? basisPoints / 100 : (basisPoints / 100).toFixed(2).replace(/0$/, '')} %`;

export const pounds = formatPounds;

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** "6 October 2026". */
export function dayInWords(date: DateOnly): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return `${day} ${months[month - 1]} ${year}`;
}
