import { addDays, type DateOnly, type DatePeriod } from '../kernel/period.js';
import { dayInWords, type UnitsUsed, type Waiting } from './due-charge.js';

/**
 * How long the end of a period waits for sessions of which nobody has said yet whether they took place. Four weeks are the
 * holidays after a term; then the books go on, and what is said later is charged later.
 */
export const daysToWait = 28;

/** Whether the end of a period has to wait for sessions within it, and what is said of those that were never confirmed. */
export function periodEnd({ from, to }: DatePeriod, open: readonly UnitsUsed[], today: DateOnly): { readonly waits: Waiting | null; readonly sentences: readonly string[] } {
  const sessions = open.filter(({ on }) => on >= from && on <= to).length;
  const until = addDays(to, daysToWait);
  if (sessions === 0) return { waits: null, sentences: [] };
  if (today <= until) return { waits: { sessions, until }, sentences: [] };
  return { waits: null, sentences: [`${sessionsInWords(sessions)} not confirmed by ${dayInWords(until)} and not counted; what is confirmed later is put right then.`] };
}

/** "It waits for 2 sessions that are not confirmed yet, until 28 September 2027 at the latest." */
export function waitingInWords({ sessions, until }: Waiting): string {
  return `It waits for ${sessions === 1 ? 'a session that is' : `${sessions} sessions that are`} not confirmed yet, until ${dayInWords(until)} at the latest.`;
}

const sessionsInWords = (sessions: number) => (sessions === 1 ? 'A session was' : `${sessions} sessions were`);

/** How often a charge was made already; each time that it is put right it has the next number. */
export function timesMade(madeKeys: ReadonlySet<string>, key: string): number {
  let times = 0;
  while (madeKeys.has(keyOfTime(key, times))) times += 1;
  return times;
}

export const keyOfTime = (key: string, time: number): string => (time === 0 ? key : `${key}:${time}`);
