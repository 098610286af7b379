import type { TrailEntry } from '@fairshare/contract/audit.js';

/** The rooms of the house as a coordinator knows them. */
export const roomWords: Readonly<Record<string, string>> = {
  schools: 'Schools and school year',
  identity: 'People and roles',
  procurement: 'Services and agreements',
  availability: 'Working time and absences',
  bookings: 'Bookings',
  sharing: 'Shared costs',
  billing: 'Invoices and payments',
  ledger: 'Ledger',
  audit: 'The trail itself',
};

/** `schools.member-added` reads as “Member added”. */
export function deedWords(action: string): string {
  const words = (action.split('.')[1] ?? action).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What it was done to, unless the deed says so itself: “Line matched” needs no “bank line”. */
export function subjectWords(entry: Pick<TrailEntry, 'action' | 'subjectKind'>): string {
  const deed = deedWords(entry.action).toLowerCase();
  const words = entry.subjectKind.replaceAll('-', ' ');
  return words.split(' ').some((word) => deed.includes(word)) ? '' : words;
}

export interface Change {
  readonly field: string;
  readonly text: string;
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> => (value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {});

const written = (value: unknown): string => (value === undefined || value === null || value === '' ? 'nothing' : typeof value === 'object' ? JSON.stringify(value) : String(value));

/** `leadSchoolUrn` and `lead_school_urn` read as “lead school urn”. */
const spaced = (key: string) => key.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' ').toLowerCase();

/** Field by field what it was and what it is; what stayed the same is left out. */
export function changesOf(entry: Pick<TrailEntry, 'before' | 'after'>): readonly Change[] {
  const before = asRecord(entry.before);
  const after = asRecord(entry.after);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({ field: spaced(key), text: entry.before ? `${written(before[key])} → ${written(after[key])}` : written(after[key]) }));
}
