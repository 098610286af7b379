import type { DateOnly, DatePeriod } from '@fairshare/domain/kernel/period';
import type { ValueFacts } from './value-facts.js';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "6 Oct 2026". */
export function dateInWords(date: DateOnly): string {
  return `${Number(date.slice(8))} ${months[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
}

export function countOf(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** "12 hours", "1 hour 30 minutes". */
export function hoursInWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [...(hours > 0 || rest === 0 ? [countOf(hours, 'hour')] : []), ...(rest > 0 ? [countOf(rest, 'minute')] : [])].join(' ');
}

export function whose({ school }: ValueFacts): string {
  return school ? school.name : 'the collaboration';
}

export function sumOf(rows: readonly { readonly pence: number }[]): number {
  return rows.reduce((sum, { pence }) => sum + pence, 0);
}

/** The day itself, or the nearest of the period. */
export function clampOn(on: DateOnly, { from, to }: DatePeriod): DateOnly {
  if (on < from) return from;
  return on > to ? to : on;
}
