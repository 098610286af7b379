import { msPerDay, msPerMinute, type InstantPeriod } from '../kernel/zone.js';
import { rowsAround, sortedByStart } from './input-index.js';
import type { Place, TakenTime } from './input.js';
import type { Question } from './question.js';

/** Taken time with its minutes before and after, as the rules look at it. */
export interface Occupied extends InstantPeriod {
  readonly place: Place | null;
  readonly bookingId?: string | null;
}

function occupied(row: TakenTime): Occupied {
  if (!row.beforeMinutes && !row.afterMinutes) return row;
  return {
    startsAt: row.startsAt - (row.beforeMinutes ?? 0) * msPerMinute,
    endsAt: row.endsAt + (row.afterMinutes ?? 0) * msPerMinute,
    place: row.place,
    bookingId: row.bookingId ?? null,
  };
}

/** No journey between two sessions takes longer, so that nothing farther away has a say. */
const farthestMs = msPerDay;

/** What occupies a specialist or a room, sorted by start: all but the booking that is moved, and with the rest of its series. */
export function occupiedOf(question: Question, resourceId: string): readonly Occupied[] {
  const { index, span, ignoringBookingId, alongside, hostUrn } = question;
  const taken = index.taken.get(resourceId);
  const around = { startsAt: span.startsAt - farthestMs, endsAt: span.endsAt + farthestMs };
  const rows = taken ? rowsAround(taken, around) : [];
  const plain = ignoringBookingId === null && alongside.length === 0;
  if (plain && !rows.some((row) => row.beforeMinutes || row.afterMinutes)) return rows;
  const kept = rows.filter((row) => ignoringBookingId === null || row.bookingId !== ignoringBookingId).map(occupied);
  const place: Place = hostUrn === null ? { remote: true } : { schoolUrn: hostUrn };
  return sortedByStart([...kept, ...alongside.map((period) => ({ ...period, place }))]);
}

/** Milliseconds a session of this agreement needs free before and after itself. */
export function ownMargins({ input: { agreement } }: Question): { readonly beforeMs: number; readonly afterMs: number } {
  return {
    beforeMs: (agreement.beforeMinutes ?? 0) * msPerMinute,
    afterMs: (agreement.afterMinutes ?? 0) * msPerMinute,
  };
}
