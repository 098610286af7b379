/** A calendar day as people in the collaboration's zone write it: `YYYY-MM-DD`. Compares correctly as text. */
export type DateOnly = string;

/** Both ends belong to it. */
export interface DatePeriod {
  readonly from: DateOnly;
  readonly to: DateOnly;
}

const msPerDay = 86_400_000;

/** The day's number since 1 January 1970; consecutive days differ by one, clock changes or not. */
export function dayNumber(date: DateOnly): number {
  return Date.parse(`${date}T00:00:00Z`) / msPerDay;
}

/** The inverse of `dayNumber`. */
export function dateOfDayNumber(day: number): DateOnly {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}

export function addDays(date: DateOnly, days: number): DateOnly {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** Days from the first to the last, both ends included; 0 or less when the end is before the start. */
export function daysIn(period: DatePeriod): number {
  return dayNumber(period.to) - dayNumber(period.from) + 1;
}

/** 1 is Monday and 7 is Sunday, as ISO 8601 counts. */
export function isoWeekday(date: DateOnly): number {
  return ((dayNumber(date) + 3) % 7) + 1;
}

/** True for a date that exists: 2027-02-29 does not. */
export function isDateOnly(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = dayNumber(text);
  return Number.isFinite(day) && dateOfDayNumber(day) === text;
}

/** The days two periods share, or null when they share none. An absent bound reaches without end. */
export function overlapOf(period: DatePeriod, from?: DateOnly | null, to?: DateOnly | null): DatePeriod | null {
  const start = from && from > period.from ? from : period.from;
  const end = to && to < period.to ? to : period.to;
  return start <= end ? { from: start, to: end } : null;
}

/** The month a date is in, from its first day to its last. */
export function monthOf(date: DateOnly): DatePeriod {
  const [year, month] = date.split('-').map(Number) as [number, number];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const prefix = date.slice(0, 7);
  return { from: `${prefix}-01`, to: `${prefix}-${String(last).padStart(2, '0')}` };
}
