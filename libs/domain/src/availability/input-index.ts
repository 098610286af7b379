import type { InstantPeriod } from '../kernel/zone.js';
import type { Absence, AvailabilityInput, CredentialHeld, ExtraTime, TakenTime, WorkingPattern } from './input.js';
import type { SchoolCalendar } from './school-calendar.js';
import { journeysOf, type Journeys } from './travel.js';

/** The input's rows by the key the rules ask with; periods sorted by start. */
export interface InputIndex {
  readonly patterns: ReadonlyMap<string, readonly WorkingPattern[]>;
  readonly absences: ReadonlyMap<string, readonly Absence[]>;
  readonly extraTime: ReadonlyMap<string, readonly ExtraTime[]>;
  readonly credentials: ReadonlyMap<string, readonly CredentialHeld[]>;
  readonly taken: ReadonlyMap<string, TakenRows>;
  readonly calendars: ReadonlyMap<string, SchoolCalendar>;
  readonly journeys: Journeys;
  /** Answers of rules that depend on rows alone, by a key that names the rule and what it was asked about. */
  readonly remembered: Map<string, readonly InstantPeriod[]>;
}

/** One resource's taken time. The longest tells how far before a span a row that reaches into it can begin. */
export interface TakenRows {
  readonly rows: readonly TakenTime[];
  readonly longestMs: number;
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** Sorts in place, and not at all what a query has sorted already. */
export function sortedByStart<Row extends InstantPeriod>(rows: Row[]): Row[] {
  for (let i = 1; i < rows.length; i += 1) {
    if ((rows[i] as Row).startsAt < (rows[i - 1] as Row).startsAt) {
      return rows.sort((a, b) => a.startsAt - b.startsAt || a.endsAt - b.endsAt);
    }
  }
  return rows;
}

function periodsBy<Row extends InstantPeriod>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = grouped(rows, keyOf);
  for (const group of groups.values()) sortedByStart(group);
  return groups;
}

function takenRows(taken: readonly TakenTime[]): Map<string, TakenRows> {
  const byResource = new Map<string, TakenRows>();
  for (const [resourceId, rows] of periodsBy(taken, (row) => row.resourceId)) {
    let longestMs = 0;
    for (const row of rows) longestMs = Math.max(longestMs, row.endsAt - row.startsAt);
    byResource.set(resourceId, { rows, longestMs });
  }
  return byResource;
}

function firstStartingFrom(rows: readonly TakenTime[], instant: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] as TakenTime).startsAt < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows that touch a span, and none that are a whole longest session away from it. */
export function rowsAround({ rows, longestMs }: TakenRows, span: InstantPeriod): readonly TakenTime[] {
  const first = firstStartingFrom(rows, span.startsAt - longestMs);
  const end = firstStartingFrom(rows, span.endsAt);
  return first === 0 && end === rows.length ? rows : rows.slice(first, end);
}

const indexes = new WeakMap<AvailabilityInput, InputIndex>();

/** Built at the first question about an input and kept as long as the input itself. */
export function indexOf(input: AvailabilityInput): InputIndex {
  const known = indexes.get(input);
  if (known) return known;
  const bySpecialist = (row: { readonly specialistId: string }): string => row.specialistId;
  const index: InputIndex = {
    patterns: grouped(input.patterns, bySpecialist),
    absences: periodsBy(input.absences, bySpecialist),
    extraTime: periodsBy(input.extraTime, bySpecialist),
    credentials: grouped(input.credentials, bySpecialist),
    taken: takenRows(input.taken),
    calendars: new Map(input.calendars.map((calendar) => [calendar.schoolUrn, calendar])),
    journeys: journeysOf(input.travel),
    remembered: new Map(),
  };
  indexes.set(input, index);
  return index;
}
