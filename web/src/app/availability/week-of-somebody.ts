import type { Absence, ExtraTime, WorkingPattern } from '@fairshare/contract/availability.js';
import type { SchoolYear } from '@fairshare/contract/schools.js';
import { addDays, formatDay, today, wallTime } from '../ui/london';
import type { BarDay } from './day-bars';
import type { DayBar } from './day-track';
import { workedOn } from './hours-model';

export interface SomebodysTime {
  readonly patterns: readonly WorkingPattern[];
  readonly extra: readonly ExtraTime[];
  readonly absences: readonly Absence[];
  /** Undefined while it is not known. */
  readonly year: SchoolYear | undefined;
}

const reasons: Readonly<Record<Absence['reason'], string>> = { illness: 'Illness', leave: 'Leave', training: 'Training', other: 'Away' };

export const absenceWords = ({ reason }: Pick<Absence, 'reason'>): string => reasons[reason];

/** The part of a period that lies on a day, in wall time. */
function partOn(date: string, { startsAt, endsAt }: { startsAt: string; endsAt: string }): { from: string; to: string } | undefined {
  const [start, end] = [wallTime(startsAt), wallTime(endsAt)];
  if (end <= `${date}T00:00` || start >= `${addDays(date, 1)}T00:00`) return undefined;
  return { from: start.slice(0, 10) < date ? '00:00' : start.slice(11), to: end.slice(0, 10) > date ? '24:00' : end.slice(11) };
}

/** Seven days from a Monday: what is worked, what is added, what is taken away, and why a day is empty. */
export function weekOfSomebody(monday: string, { patterns, extra, absences, year }: SomebodysTime): readonly BarDay[] {
  return Array.from({ length: 7 }, (_, index) => {
    const date = addDays(monday, index);
    const closed = (year?.shading ?? []).filter(({ from, to, kind }) => from <= date && date <= to && kind !== 'not-known');
    const holiday = closed.find(({ kind, urns }) => kind === 'holiday' && urns.length === year?.schools.length);
    const works = workedOn(patterns, date, holiday !== undefined);
    const added = extra.flatMap((one) => partOn(date, one) ?? []);
    const away = absences.flatMap((one) => partOn(date, one) ?? []);
    const bars: DayBar[] = [
      ...works.map((stretch) => ({ ...stretch, kind: 'works' as const })),
      ...added.map((stretch) => ({ ...stretch, kind: 'extra' as const })),
      // Away is drawn where somebody would work: an empty day with a bar over all of it says nothing.
      ...[...works, ...added].flatMap((stretch) => away.flatMap((gone) => overlap(stretch, gone))).map((stretch) => ({ ...stretch, kind: 'away' as const })),
    ];
    const reason = absences.find((one) => partOn(date, one));
    const note = reason && bars.length ? absenceWords(reason) : (holiday ?? closed.find(({ kind }) => kind === 'bank-holiday'))?.name;
    return { key: date, label: formatDay(date).replace(/ \d{4}$/, ''), bars, ...(note ? { note } : {}), today: date === today() };
  });
}

function overlap(a: { from: string; to: string }, b: { from: string; to: string }): { from: string; to: string }[] {
  const [from, to] = [a.from > b.from ? a.from : b.from, a.to < b.to ? a.to : b.to];
  return from < to ? [{ from, to }] : [];
}
