import type { DateOnly } from '../kernel/period.js';
import { kindOfWords, type ReadTermDates, type TermDate, type TermDateFault } from './term-dates.js';

/** An entry of a calendar file: what it is called, and its days, both included. The first entry is row 1. */
export interface TermEvent {
  readonly row: number;
  readonly summary: string;
  readonly from: DateOnly;
  readonly to: DateOnly;
}

const begins = /\b(?:starts?|begins?|opens?|first day|return)\b/i;
const ends = /\b(?:ends?|finish(?:es)?|closes?|last day)\b/i;
const names = /\b(autumn|spring|summer|winter|michaelmas|hilary|trinity|easter|christmas)\b/i;

/** Which term a day of it belongs to, by its name; without one, the next that ends. */
const nameOf = ({ summary }: TermEvent): string => names.exec(summary)?.[1]?.toLowerCase() ?? '';

const isEdge = ({ summary, from, to }: TermEvent): boolean => from === to && kindOfWords(summary) === 'term' && (begins.test(summary) || ends.test(summary));

/** Schools publish “Autumn term starts” and “Autumn term ends” as days of their own: together they are a term. */
function termsOf(edges: readonly TermEvent[]): ReadTermDates {
  const dates: (TermDate & { row: number })[] = [];
  const faults: TermDateFault[] = [];
  const last = edges.filter((one) => ends.test(one.summary));
  const used = new Set<TermEvent>();
  for (const first of edges.filter((one) => !ends.test(one.summary))) {
    const end = last.find((one) => !used.has(one) && one.from > first.from && nameOf(one) === nameOf(first));
    if (end) {
      used.add(end);
      dates.push({ kind: 'term', name: `${nameOf(first).replace(/^./, (letter) => letter.toUpperCase())} term`.trim().replace(/^term/, 'Term'), from: first.from, to: end.from, row: first.row });
    } else faults.push(alone(first, 'There is no day on which this term ends.'));
  }
  for (const end of last) if (!used.has(end)) faults.push(alone(end, 'There is no day on which this term begins.'));
  return { dates, faults };
}

function alone({ row, summary }: TermEvent, message: string): TermDateFault {
  return { row, column: 'dates', value: summary.slice(0, 200), code: 'schools.half-a-term', message };
}

/** Reads the entries of a calendar file as term dates; an entry that is none of them is a fault of its own row. */
export function readTermEvents(events: readonly TermEvent[]): ReadTermDates {
  const inOrder = [...events].sort((a, b) => a.from.localeCompare(b.from) || a.row - b.row);
  const { dates, faults } = termsOf(inOrder.filter(isEdge));
  const all = [...dates];
  const faulty = [...faults];
  for (const event of inOrder.filter((one) => !isEdge(one))) {
    const { row, summary, from, to } = event;
    const kind = kindOfWords(summary);
    if (to < from) faulty.push({ row, column: 'dates', value: summary.slice(0, 200), code: 'schools.ends-before-start', message: 'The last day is before the first day.' });
    else if (kind) all.push({ kind, name: summary.trim().slice(0, 200) || kind, from, to, row });
    else faulty.push({ row, column: 'kind', value: summary.slice(0, 200), code: 'schools.unknown-kind-of-day', message: `“${summary.slice(0, 80)}” is no term, half-term, holiday, INSET day or closure.` });
  }
  return { dates: all.sort((a, b) => a.from.localeCompare(b.from)), faults: faulty.sort((a, b) => a.row - b.row) };
}
