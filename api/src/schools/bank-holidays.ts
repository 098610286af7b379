import Holidays from 'date-holidays';
import type { CalendarEntry } from '@fairshare/domain/availability';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { Nation } from '@fairshare/domain/schools';

const states: Readonly<Record<Nation, string>> = { england: 'ENG', wales: 'WLS', scotland: 'SCT', 'northern-ireland': 'NIR' };

/** Working out a year takes milliseconds and never changes, so each is worked out once. */
const years = new Map<string, readonly CalendarEntry[]>();

function bankHolidaysOf(nation: Nation, year: number): readonly CalendarEntry[] {
  const key = `${nation} ${year}`;
  let found = years.get(key);
  if (!found) {
    found = new Holidays('GB', states[nation], { languages: 'en', timezone: 'Europe/London' })
      .getHolidays(year)
      .filter((day) => day.type === 'public' || day.type === 'bank')
      .map((day) => ({ kind: 'bank-holiday' as const, name: day.name, from: day.date.slice(0, 10), to: day.date.slice(0, 10) }));
    years.set(key, found);
  }
  return found;
}

/** The bank holidays of a nation between two dates, both included, in order. */
export function bankHolidays(nation: Nation, from: DateOnly, to: DateOnly): CalendarEntry[] {
  const found: CalendarEntry[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
    found.push(...bankHolidaysOf(nation, year).filter((day) => day.from >= from && day.from <= to));
  }
  return found;
}
