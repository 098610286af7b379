import { addDays, weekdayOf } from '../london';
import { addMinutes, minutesBetween, type CalendarPeriod } from './calendar-model';

export interface KeyLimits {
  readonly stepMinutes: number;
  /** `HH:mm` between which the day is drawn. */
  readonly dayStarts: string;
  readonly dayEnds: string;
  readonly weekends: boolean;
}

const nudges: Record<string, readonly [days: number, steps: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  PageUp: [-7, 0],
  PageDown: [7, 0],
};

function moveDay(date: string, days: number, weekends: boolean): string {
  let moved = addDays(date, days);
  while (!weekends && weekdayOf(moved) > 5) moved = addDays(moved, Math.sign(days));
  return moved;
}

function within(period: CalendarPeriod, limits: KeyLimits): boolean {
  const sameDay = period.startsAt.slice(0, 10) === period.endsAt.slice(0, 10);
  return sameDay && period.startsAt.slice(11) >= limits.dayStarts && period.endsAt.slice(11) <= limits.dayEnds && minutesBetween(period.startsAt, period.endsAt) >= limits.stepMinutes;
}

/** The period after a key: arrows move it by a step or a day, with Shift up and down change its length. Undefined for other keys and at the edge of the day. */
export function nudge(period: CalendarPeriod, key: string, resize: boolean, limits: KeyLimits): CalendarPeriod | undefined {
  const by = nudges[key];
  if (!by) return undefined;
  const [days, steps] = by;
  const minutes = steps * limits.stepMinutes;
  if (resize && days !== 0) return undefined;
  const shift = (wall: string): string => `${days === 0 ? wall.slice(0, 10) : moveDay(wall.slice(0, 10), days, limits.weekends)}T${wall.slice(11)}`;
  const moved = {
    startsAt: resize ? period.startsAt : addMinutes(shift(period.startsAt), minutes),
    endsAt: addMinutes(shift(period.endsAt), minutes),
  };
  return within(moved, limits) ? moved : undefined;
}
