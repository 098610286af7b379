import { formatPounds } from '../kernel/money.js';
import type { DisputeState } from './dispute.js';

/** A stream that pays a part of a line; without a name it is the school's general money. */
export interface PaidPart {
  readonly name: string | null;
  readonly pence: number;
}

/** A dispute as far as a reader of the document needs it. */
export interface LineDispute {
  readonly state: DisputeState;
  readonly reason: string;
  /** Why it was decided so. */
  readonly decision: string | null;
  readonly upheldPence: number;
  /** The credit note that took back what was upheld; without one it was given back before the share was invoiced. */
  readonly creditNoteNumber: string | null;
}

/** “Pupil premium £66.70, general money £33.30”; empty where nothing is to be paid. */
export function paidFromInWords(parts: readonly PaidPart[]): string {
  return parts.filter(({ pence }) => pence !== 0).map(({ name, pence }) => `${name ?? 'general money'} ${formatPounds(pence)}`).join(', ');
}

/** The streams of several lines as one sum each: the named ones in the order of their names, general money last. */
export function paidFromOf(lines: readonly { readonly paidFrom: readonly PaidPart[] | null }[]): PaidPart[] {
  const sums = new Map<string | null, number>();
  for (const { name, pence } of lines.flatMap(({ paidFrom }) => paidFrom ?? [])) sums.set(name, (sums.get(name) ?? 0) + pence);
  return [...sums].filter(([, pence]) => pence !== 0).map(([name, pence]) => ({ name, pence })).sort((a, b) => Number(a.name === null) - Number(b.name === null) || (a.name ?? '').localeCompare(b.name ?? '', 'en'));
}

/** What became of a dispute of a line, as a sentence that stands beside it. */
export function disputeInWords({ state, reason, decision, upheldPence, creditNoteNumber }: LineDispute): string {
  if (state === 'open') return `Disputed, not due until it is decided: ${reason}`;
  if (state === 'withdrawn') return `Disputed and taken back by the school: ${reason}`;
  if (state === 'rejected') return `Disputed and rejected: ${decision ?? reason}`;
  const how = creditNoteNumber ? `taken back by ${creditNoteNumber}` : 'given back before it was invoiced';
  return `Dispute upheld: ${formatPounds(upheldPence)} ${how}: ${decision ?? reason}`;
}
