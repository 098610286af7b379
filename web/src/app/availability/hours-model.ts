import type { NewWorkingPattern, WorkingPattern } from '@fairshare/contract/availability.js';
import { formatDay, weekdayOf } from '../ui/london';
import { parseTime } from '../ui/parse-date';

/** A stretch of a day in wall time; `24:00` is its end. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
export const clockAt = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const byStart = (a: Stretch, b: Stretch): number => a.from.localeCompare(b.from);

/** `08:45–12:15, 12:45–16:00`; nothing for a day that is not worked. */
export function writeStretches(stretches: readonly Stretch[]): string {
  return [...stretches].sort(byStart).map(({ from, to }) => `${from}–${to}`).join(', ');
}

/** For reading: no line ends within a stretch. */
export function unbroken(words: string): string {
  return words.replaceAll('–', '\u2060–\u2060');
}

/**
 * The stretches of a day as people write them: `8:45-12:15, 12.45 to 4pm`. Undefined when it is none, or when two overlap.
 * Nothing written is a day that is not worked.
 */
export function readStretches(written: string): readonly Stretch[] | undefined {
  const parts = written.split(/[,;&+]|\band\b/).map((part) => part.trim()).filter(Boolean);
  const stretches: Stretch[] = [];
  for (const part of parts) {
    const [first, last, ...more] = part.split(/\s*(?:–|—|-|\bto\b|\buntil\b)\s*/);
    const from = parseTime(first ?? '');
    const end = parseTime(last ?? '');
    const to = end === '00:00' || last?.trim() === '24:00' ? '24:00' : end;
    if (!from || !to || more.length || from >= to) return undefined;
    stretches.push({ from, to });
  }
  stretches.sort(byStart);
  return stretches.some((one, i) => one.to > (stretches[i + 1]?.from ?? '24:00')) ? undefined : stretches;
}

/** Puts one more stretch to those of a day; what touches or overlaps becomes one. */
export function withStretch(stretches: readonly Stretch[], drawn: Stretch): readonly Stretch[] {
  const joined: Stretch[] = [];
  for (const one of [...stretches, drawn].sort(byStart)) {
    const last = joined.at(-1);
    if (last && one.from <= last.to) joined[joined.length - 1] = { from: last.from, to: one.to > last.to ? one.to : last.to };
    else joined.push(one);
  }
  return joined;
}

export function stretchesOf(pattern: Pick<WorkingPattern, 'hours'>, weekday: number): readonly Stretch[] {
  return pattern.hours.filter((hours) => hours.weekday === weekday).sort(byStart);
}

const weekNumber = (date: string): number => Math.floor((Date.parse(`${date}T00:00Z`) / 86_400_000 + 3) / 7);

/** Whether a pattern is worked on a day, term or not: it holds then, and of alternate weeks it is the one that is worked. */
export function runsOn(pattern: Omit<WorkingPattern, 'id' | 'specialistId'>, date: string): boolean {
  if (date < pattern.validFrom || (pattern.validTo !== null && date > pattern.validTo)) return false;
  return pattern.everyWeeks === 1 || (weekNumber(date) - weekNumber(pattern.anchorOn ?? pattern.validFrom)) % 2 === 0;
}

/** The stretches of a day over several patterns, in a holiday without those of term time. */
export function workedOn(patterns: readonly WorkingPattern[], date: string, holiday: boolean): readonly Stretch[] {
  const stretches = patterns.filter((pattern) => runsOn(pattern, date) && !(holiday && pattern.termTimeOnly)).flatMap((pattern) => stretchesOf(pattern, weekdayOf(date)));
  return stretches.reduce<readonly Stretch[]>((all, one) => withStretch(all, one), []);
}

export function minutesAWeek(pattern: Pick<WorkingPattern, 'hours'>): number {
  return pattern.hours.reduce((sum, { from, to }) => sum + minuteOf(to) - minuteOf(from), 0);
}

/** `20 h 15 min`. */
export function inHours(minutes: number): string {
  const parts = [minutes >= 60 ? `${Math.floor(minutes / 60)} h` : '', minutes % 60 > 0 ? `${minutes % 60} min` : ''].filter(Boolean);
  return parts.join(' ') || '0 h';
}

/** Days with the same hours together: `Mon, Tue and Thu 08:45–12:15, 12:45–16:00`. */
export function hoursInWords(pattern: Pick<WorkingPattern, 'hours'>): string {
  const days = new Map<string, string[]>();
  weekdays.forEach((name, index) => {
    const text = writeStretches(stretchesOf(pattern, index + 1));
    if (text) days.set(text, [...(days.get(text) ?? []), name.slice(0, 3)]);
  });
  return [...days].map(([text, names]) => `${listed(names)} ${text}`).join('; ');
}

/** `Mon, Tue and Thu`. */
export function listed(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '');
}

/** `Every week, in term only`. */
export function rhythmInWords(pattern: Pick<WorkingPattern, 'everyWeeks' | 'anchorOn' | 'termTimeOnly'>): string {
  const rhythm = pattern.everyWeeks === 1 ? 'Every week' : `Every other week, that of ${formatDay(pattern.anchorOn ?? '')} and so on`;
  return `${rhythm}, ${pattern.termTimeOnly ? 'in term only' : 'holidays too'}`;
}

/** What is sent to have a pattern again. */
export function bare(pattern: WorkingPattern): NewWorkingPattern {
  const { validFrom, validTo, termTimeOnly, hours, anchorOn, everyWeeks } = pattern;
  return { validFrom, validTo, termTimeOnly, anchorOn, everyWeeks: everyWeeks === 2 ? 2 : 1, hours: hours.map(({ weekday, from, to }) => ({ weekday, from, to })) };
}
