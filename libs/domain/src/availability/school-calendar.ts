import { addDays, dayNumber, isoWeekday, type DateOnly, type DatePeriod } from '../kernel/period.js';
import { joinedSpans, withoutHoles } from './date-spans.js';

/**
 * What one line of a calendar says about its days. `term`, `half-term` and `holiday` are term dates;
 * `closure` is a single event such as snow; `open` opens a day again that its own or a farther layer closed.
 */
export type CalendarEntryKind = 'term' | 'half-term' | 'holiday' | 'inset' | 'bank-holiday' | 'closure' | 'open';

/** Both days belong to it. */
export interface CalendarEntry extends DatePeriod {
  readonly kind: CalendarEntryKind;
  readonly name: string;
}

/** A school inherits from its local authority, which inherits from its nation. */
export type CalendarLevel = 'nation' | 'local-authority' | 'school';

export interface CalendarLayer {
  readonly level: CalendarLevel;
  readonly entries: readonly CalendarEntry[];
}

/** Days on which a school takes no session with pupils, and why. */
export interface Closure extends DatePeriod {
  readonly kind: 'holiday' | 'inset' | 'bank-holiday';
  readonly name: string;
}

/** A school's years after inheritance, sorted by date. */
export interface SchoolCalendar {
  readonly schoolUrn: string;
  readonly terms: readonly CalendarEntry[];
  /** Terms cut at their half-term holidays, from first weekday to last: what people call autumn 1, autumn 2, … */
  readonly halfTerms: readonly DatePeriod[];
  /** Days about which the calendar says anything at all; a day outside is `availability.calendar-not-known`. */
  readonly known: readonly DatePeriod[];
  readonly closures: readonly Closure[];
}

export type SchoolDay = 'open' | 'holiday' | 'inset' | 'bank-holiday' | 'not-known';

const farthestFirst: readonly CalendarLevel[] = ['nation', 'local-authority', 'school'];

/** The year whose 1 August begins it: English terms may start in late August, Scottish ones in the middle of it. */
function schoolYearOf(date: DateOnly): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5) >= '08-01' ? year : year - 1;
}

const ofKind = (entries: readonly CalendarEntry[], ...kinds: CalendarEntryKind[]): CalendarEntry[] =>
  entries.filter((entry) => kinds.includes(entry.kind));

const byFirstDay = (a: DatePeriod, b: DatePeriod): number => (a.from < b.from ? -1 : Number(a.from > b.from));

/**
 * Terms of each school year come from the nearest layer that has any for it. Half-terms and holidays of
 * layers farther than that one are not inherited: they belong to the term dates that were replaced.
 */
function inheritedTermDates(layers: readonly CalendarLayer[]): CalendarLayer[] {
  const nearestWithTerms = new Map<number, number>();
  layers.forEach((layer, depth) => {
    for (const term of ofKind(layer.entries, 'term')) nearestWithTerms.set(schoolYearOf(term.from), depth);
  });
  return layers.map((layer, depth) => ({
    level: layer.level,
    entries: layer.entries.filter((entry) => {
      if (!['term', 'half-term', 'holiday'].includes(entry.kind)) return true;
      const nearest = nearestWithTerms.get(schoolYearOf(entry.from)) ?? 0;
      return entry.kind === 'term' ? depth === nearest : depth >= nearest;
    }),
  }));
}

/**
 * What a year's terms let one say. A year of which only the autumn is entered says nothing about May:
 * its days are known up to the last term's end, and to 31 July only when that term ends in June or July.
 */
function knownDays(terms: readonly CalendarEntry[]): DatePeriod[] {
  const years = new Map<number, { from: DateOnly; to: DateOnly }>();
  for (const term of terms) {
    const year = schoolYearOf(term.from);
    const span = years.get(year) ?? { from: term.from, to: term.to };
    years.set(year, { from: term.from < span.from ? term.from : span.from, to: term.to > span.to ? term.to : span.to });
  }
  return joinedSpans(
    [...years].map(([year, span]) => ({
      from: span.from < `${year}-10-01` ? `${year}-08-01` : span.from,
      to: span.to >= `${year + 1}-06-01` && span.to < `${year + 1}-08-01` ? `${year + 1}-07-31` : span.to,
    })),
  );
}

/** Closures as the layers say them, farthest first, each layer's `open` days taken out of all before it. */
function layeredClosures(layers: readonly CalendarLayer[]): { holidays: Closure[]; others: Closure[]; open: DatePeriod[] } {
  let holidays: Closure[] = [];
  let others: Closure[] = [];
  const open: DatePeriod[] = [];
  for (const { entries } of layers) {
    const opened = ofKind(entries, 'open');
    open.push(...opened);
    for (const entry of ofKind(entries, 'half-term', 'holiday', 'closure')) holidays.push({ ...entry, kind: 'holiday' });
    for (const entry of ofKind(entries, 'inset')) others.push({ ...entry, kind: 'inset' });
    for (const entry of ofKind(entries, 'bank-holiday')) others.push({ ...entry, kind: 'bank-holiday' });
    holidays = withoutHoles(holidays, opened);
    others = withoutHoles(others, opened);
  }
  return { holidays, others, open };
}

function nearestWeekday(date: DateOnly, step: 1 | -1): DateOnly {
  let day = date;
  while (isoWeekday(day) > 5) day = addDays(day, step);
  return day;
}

function halfTermsOf(terms: readonly CalendarEntry[], layers: readonly CalendarLayer[]): DatePeriod[] {
  const breaks = layers.flatMap((layer) => ofKind(layer.entries, 'half-term'));
  return withoutHoles(
    terms.map(({ from, to }) => ({ from, to })),
    breaks,
  )
    .map((span) => ({ from: nearestWeekday(span.from, 1), to: nearestWeekday(span.to, -1) }))
    .filter((span) => span.from <= span.to);
}

/**
 * A school's calendar from what its nation, local authority and the school itself have entered. Term dates of a
 * school year are taken from the nearest layer that has terms for it; INSET days, bank holidays and closures
 * add up; `open` opens a day again. Days between terms are holidays. An INSET day outside the published term is
 * a working day for staff, so it counts as INSET and not as holiday.
 */
export function resolveCalendar(schoolUrn: string, layers: readonly CalendarLayer[]): SchoolCalendar {
  const ordered = [...layers].sort((a, b) => farthestFirst.indexOf(a.level) - farthestFirst.indexOf(b.level));
  const inherited = inheritedTermDates(ordered);
  const terms = inherited.flatMap((layer) => ofKind(layer.entries, 'term')).sort(byFirstDay);
  const known = knownDays(terms);
  const { holidays, others, open } = layeredClosures(inherited);
  const insetDays = others.filter((closure) => closure.kind === 'inset');
  const betweenTerms = withoutHoles(
    known.map(({ from, to }): Closure => ({ from, to, kind: 'holiday', name: 'between terms' })),
    [...terms, ...holidays, ...open],
  );
  return {
    schoolUrn,
    terms,
    halfTerms: halfTermsOf(terms, inherited),
    known,
    closures: [...withoutHoles([...holidays, ...betweenTerms], insetDays), ...others].sort(byFirstDay),
  };
}

const covers = (span: DatePeriod, date: DateOnly): boolean => span.from <= date && date <= span.to;

/** What a date is at a school. A date that is several things is the first of: not known, holiday, INSET, bank holiday. */
export function schoolDayOn(calendar: SchoolCalendar, date: DateOnly): SchoolDay {
  if (!calendar.known.some((span) => covers(span, date))) return 'not-known';
  const kinds = calendar.closures.filter((closure) => covers(closure, date)).map((closure) => closure.kind);
  return (['holiday', 'inset', 'bank-holiday'] as const).find((kind) => kinds.includes(kind)) ?? 'open';
}

/** Monday to Friday, no bank holiday, no school holiday. INSET days are worked; on days not known yet every weekday counts. */
export function isWorkingDay(calendar: SchoolCalendar, date: DateOnly): boolean {
  if (isoWeekday(date) > 5) return false;
  return !calendar.closures.some((closure) => closure.kind !== 'inset' && covers(closure, date));
}

/** Working days later than `after` and up to `upTo`, which itself counts; 0 when `upTo` is not later. */
export function workingDaysBetween(calendar: SchoolCalendar, after: DateOnly, upTo: DateOnly): number {
  let days = 0;
  for (let date = addDays(after, 1); date <= upTo; date = addDays(date, 1)) {
    if (isWorkingDay(calendar, date)) days += 1;
  }
  return days;
}

/** The half-term week a date is in, counted from 1; null outside half-terms. Weeks run from Monday to Sunday. */
export function weekOfHalfTerm(calendar: SchoolCalendar, date: DateOnly): number | null {
  const halfTerm = calendar.halfTerms.find((span) => covers(span, date));
  if (!halfTerm) return null;
  const firstMonday = dayNumber(halfTerm.from) - (isoWeekday(halfTerm.from) - 1);
  return Math.floor((dayNumber(date) - firstMonday) / 7) + 1;
}
