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
  readonly taken: ReadonlyMap<string, readonly TakenTime[]>;
  readonly calendars: ReadonlyMap<string, SchoolCalendar>;
  readonly journeys: Journeys;
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
    taken: periodsBy(input.taken, (row) => row.resourceId),
    calendars: new Map(input.calendars.map((calendar) => [calendar.schoolUrn, calendar])),
    journeys: journeysOf(input.travel),
  };
  indexes.set(input, index);
  return index;
}
