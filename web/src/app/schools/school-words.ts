import type { CalendarKind, ImportStatus, SchoolSummary } from '@fairshare/contract/schools.js';

/** Words for what the API names by codes. */
export const kindWords: Record<SchoolSummary['kind'], string> = { maintained: 'LA-maintained', academy: 'Academy' };

export const statusWords: Record<SchoolSummary['status'], string> = {
  open: 'Open',
  'open-but-proposed-to-close': 'Proposed to close',
  closed: 'Closed',
  'proposed-to-open': 'Proposed to open',
};

export const dayWords: Record<CalendarKind, string> = {
  term: 'Term',
  'half-term': 'Half-term',
  holiday: 'Holiday',
  inset: 'INSET day',
  'bank-holiday': 'Bank holiday',
  closure: 'Closure',
  open: 'Open after all',
};

export const fileWords: Record<ImportStatus['kind'], string> = {
  gias: 'Register of schools (GIAS)',
  'pupil-premium': 'Pupil premium',
};

const counts = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3 });

/** `21,567`, `723.5`. */
export const count = (number: number) => counts.format(number);

/** The year in whose autumn the school year of a date begins. */
export const schoolYearOf = (date: string) => Number(date.slice(0, 4)) - (date.slice(5) < '08-01' ? 1 : 0);

export const yearName = (year: number) => `${year}-${String((year + 1) % 100).padStart(2, '0')}`;
