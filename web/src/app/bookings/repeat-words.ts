import type { Repeat } from '@fairshare/contract/bookings.js';
import { weekdayOf } from '../ui/london';

export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export type RepeatKind = 'once' | Repeat['recurrence']['kind'];

/** What a person chooses; it becomes a `Repeat` once the first date is known. */
export interface RepeatChoice {
  readonly kind: RepeatKind;
  /** Of a half-term; its first week is 1. */
  readonly week: number;
  readonly ends: 'after' | 'on';
  readonly sessions: number;
  readonly until: string;
}

export const onlyOnce: RepeatChoice = { kind: 'once', week: 1, ends: 'after', sessions: 6, until: '' };

/** The rule and its end, or undefined while it is only once or no end is given yet. */
export function repeatOf(choice: RepeatChoice, firstOn: string): Repeat | undefined {
  if (choice.kind === 'once') return undefined;
  if (choice.ends === 'on' ? choice.until < firstOn : !(choice.sessions >= 1)) return undefined;
  const end = choice.ends === 'on' ? { until: choice.until } : { sessions: choice.sessions };
  const weekday = weekdayOf(firstOn);
  if (choice.kind === 'weekday-in-term') return { recurrence: { kind: choice.kind, weekday }, end };
  if (choice.kind === 'week-of-half-term') return { recurrence: { kind: choice.kind, week: choice.week, weekday }, end };
  return { recurrence: { kind: choice.kind }, end };
}
