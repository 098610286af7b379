import { addDays, dayNumber, isDateOnly, isoWeekday, type DateOnly, type DatePeriod } from '../kernel/period.js';

/** Kinds of line that people enter; bank holidays are known without them but can be added, such as a coronation. */
export type TermDateKind = 'term' | 'half-term' | 'holiday' | 'inset' | 'bank-holiday' | 'closure' | 'open';

export interface TermDate extends DatePeriod {
  readonly kind: TermDateKind;
  readonly name: string;
}

/** What is wrong with a pasted line; the first line is row 1. */
export interface TermDateFault {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly code: 'schools.no-date' | 'schools.too-many-dates' | 'schools.impossible-date' | 'schools.unknown-kind-of-day' | 'schools.ends-before-start' | 'schools.half-a-term';
  readonly message: string;
}

export interface ReadTermDates {
  readonly dates: readonly (TermDate & { readonly row: number })[];
  readonly faults: readonly TermDateFault[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthNames = 'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const datePattern = new RegExp(
  String.raw`(?<iso>\d{4}-\d{1,2}-\d{1,2})|(?<day>\d{1,2})[/.](?<month>\d{1,2})[/.](?<year>\d{4}|\d{2})|(?<dayBefore>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<named>${monthNames})\b,?(?: (?<yearAfter>\d{4}))?`,
  'gi',
);

/** Words that say what a line is, in the order in which they decide: a half-term holiday is a half-term. */
const kindWords: readonly (readonly [RegExp, TermDateKind])[] = [
  [/inset|training|non-pupil|staff (?:only )?day|development day/i, 'inset'],
  [/bank[- ]holiday/i, 'bank-holiday'],
  [/half[- ]?term|mid-?term/i, 'half-term'],
  [/clos(?:ed|ure)|snow/i, 'closure'],
  [/holiday|break|vacation/i, 'holiday'],
  [/\bopen\b/i, 'open'],
  [/term/i, 'term'],
];

/** What the words of a line say it is; null when they do not. */
export function kindOfWords(words: string): TermDateKind | null {
  return kindWords.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

const weekdayWords = /\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b/gi;
const looksLikeHeader = /\b(?:from|start|starts|begins?)\b.*\b(?:to|end|ends|until)\b/i;

interface FoundDate {
  readonly text: string;
  readonly at: number;
  readonly day: number;
  readonly month: number;
  /** Null where only the other date of the line says it. */
  readonly year: number | null;
}

function datesIn(line: string): FoundDate[] {
  return [...line.matchAll(datePattern)].map((match) => {
    const { iso, day, month, year, dayBefore, named, yearAfter } = match.groups ?? {};
    const at = { text: match[0], at: match.index };
    if (iso) {
      const [y, m, d] = iso.split('-').map(Number);
      return { ...at, day: d ?? 0, month: m ?? 0, year: y ?? 0 };
    }
    if (named) return { ...at, day: Number(dayBefore), month: months.indexOf(named.slice(0, 3).toLowerCase()) + 1, year: yearAfter ? Number(yearAfter) : null };
    return { ...at, day: Number(day), month: Number(month), year: year?.length === 2 ? 2000 + Number(year) : Number(year) };
  });
}

const two = (n: number) => String(n).padStart(2, '0');
const written = (date: FoundDate, year: number): DateOnly => `${String(year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}`;

/** `21 December to 3 January 2027` begins in 2026; `2 September 2026 to 18 December` ends in it. */
function spanOf(first: FoundDate, last: FoundDate): DatePeriod | null {
  const known = last.year ?? first.year;
  if (known === null) return null;
  const wraps = last.month < first.month;
  const from = written(first, first.year ?? (wraps ? known - 1 : known));
  const to = written(last, last.year ?? (wraps ? known + 1 : known));
  return { from, to };
}

function nameOf(line: string, dates: readonly FoundDate[]): string {
  const before = line.slice(0, dates[0]?.at ?? 0);
  const last = dates.at(-1);
  const after = last ? line.slice(last.at + last.text.length) : '';
  const text = (/[a-z]{3}/i.test(before.replaceAll(weekdayWords, '')) ? before : after).replaceAll(weekdayWords, ' ');
  const cells = text.split(/[,;\t|]/).map((cell) => cell.replaceAll(/\b(?:from|begins?|starts?|ends?|to|on)\b *:? *$/gi, '').replaceAll(/^[\s"':–—-]+|[\s"':–—-]+$/g, '')).filter(Boolean);
  return (cells.at(-1) ?? '').replaceAll(/\s+/g, ' ').slice(0, 200);
}

function readLine(line: string, row: number): TermDate | TermDateFault {
  const fault = (code: TermDateFault['code'], column: string, message: string): TermDateFault => ({ row, column, value: line.slice(0, 200), code, message });
  const dates = datesIn(line);
  const [first, second] = dates;
  if (!first) return fault('schools.no-date', 'dates', 'There is no date in this line; write 26 October 2026 or 26/10/2026.');
  if (dates.length > 2) return fault('schools.too-many-dates', 'dates', 'There are more than two dates in this line: give each period a line of its own.');
  const span = spanOf(first, second ?? first);
  if (!span) return fault('schools.no-date', 'dates', 'No year is given in this line; write 26 October 2026.');
  for (const date of [span.from, span.to]) {
    if (!isDateOnly(date)) return fault('schools.impossible-date', 'dates', `There is no such day as ${date}.`);
  }
  if (span.to < span.from) return fault('schools.ends-before-start', 'dates', 'The last day is before the first day.');
  const words = line.slice(0, first.at) + line.slice((second ?? first).at + (second ?? first).text.length);
  const kind = kindOfWords(words);
  if (!kind) return fault('schools.unknown-kind-of-day', 'kind', 'Say whether this is a term, a half-term, a holiday, an INSET day or a closure.');
  return { ...span, kind, name: nameOf(line, dates) || kind };
}

const isFault = (read: TermDate | TermDateFault): read is TermDateFault => 'code' in read;

/**
 * Reads term dates as authorities publish them and people paste them: one period or day a line, as a sentence
 * (`Half-term: Monday 26 October to Friday 30 October 2026`) or as CSV (`half-term,Autumn,2026-10-26,2026-10-30`).
 * Blank lines and a header are passed over; every other line is a date or a fault.
 */
export function readTermDates(text: string): ReadTermDates {
  const dates: (TermDate & { row: number })[] = [];
  const faults: TermDateFault[] = [];
  for (const [index, line] of text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/).entries()) {
    const isHeader = !/\d/.test(line) && (looksLikeHeader.test(line) || /^[\s"]*(?:kind|type|name)\b/i.test(line));
    if (/^[\s,;"]*$/.test(line) || isHeader) continue;
    const read = readLine(line.trim(), index + 1);
    if (isFault(read)) faults.push(read);
    else dates.push({ ...read, row: index + 1 });
  }
  return { dates, faults };
}

/** The same line a year later: the same weekday nearest to the same date, 52 weeks on. Years in the name go along. */
export function nextYear(date: TermDate): TermDate {
  const name = date.name.replaceAll(/\b(20\d\d)(?:([-/–])(\d\d)\b)?/g, (_, year: string, mark: string | undefined, short: string | undefined) => {
    const later = String(Number(year) + 1);
    return short && mark ? `${later}${mark}${two((Number(short) + 1) % 100)}` : later;
  });
  return { kind: date.kind, name, from: addDays(date.from, 364), to: addDays(date.to, 364) };
}

/** Runs of weekdays between two dates about which the calendar says nothing; a weekend between two of them belongs to the run. */
export function gapsIn(known: readonly DatePeriod[], from: DateOnly, to: DateOnly): DatePeriod[] {
  const gaps: { from: DateOnly; to: DateOnly }[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    if (isoWeekday(date) > 5 || known.some((span) => span.from <= date && date <= span.to)) continue;
    const last = gaps.at(-1);
    if (last && dayNumber(date) - dayNumber(last.to) <= (isoWeekday(date) === 1 ? 3 : 1)) last.to = date;
    else gaps.push({ from: date, to: date });
  }
  return gaps;
}
