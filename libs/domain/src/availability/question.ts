import { dayNumber, type DateOnly, type DatePeriod } from '../kernel/period.js';
import {
  dayAt,
  instantAtOrAfter,
  msPerDay,
  msPerMinute,
  wholeDays,
  type Instant,
  type InstantPeriod,
} from '../kernel/zone.js';
import { indexOf, type InputIndex } from './input-index.js';
import type { AvailabilityInput, Place, SlotRequest, WantedPeriod } from './input.js';

/** What is asked of the rules, in the form they need it. */
export interface Question {
  readonly input: AvailabilityInput;
  readonly index: InputIndex;
  /** The time that is looked at; what is worked out by day (patterns) is worked out for the days it touches. */
  readonly span: InstantPeriod;
  readonly days: DayTable;
  readonly lengthMs: number;
  /** The period itself when one is asked about by name; null when slots are looked for. */
  readonly wanted: InstantPeriod | null;
  readonly schoolUrns: readonly string[];
  /** The school whose site it is at; null for a remote session. */
  readonly hostUrn: string | null;
  readonly roomId: string | null;
  readonly ignoringBookingId: string | null;
  readonly alongside: readonly InstantPeriod[];
}

/** The first moments of the days of a span, so that wall minutes become instants by addition. */
export interface DayTable {
  readonly zone: string;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly startsAt: Float64Array;
}

export function dayTableOf(span: InstantPeriod, zone: string): DayTable {
  const firstDay = dayAt(span.startsAt, zone);
  const lastDay = dayAt(Math.max(span.startsAt, span.endsAt - 1), zone);
  const startsAt = new Float64Array(lastDay - firstDay + 2);
  for (let i = 0; i < startsAt.length; i += 1) startsAt[i] = instantAtOrAfter(firstDay + i, 0, zone);
  return { zone, firstDay, lastDay, startsAt };
}

/** A wall minute of one of the table's days. Days on which the clocks change take the long way. */
export function instantOn(days: DayTable, day: number, minute: number): Instant {
  const startsAt = days.startsAt[day - days.firstDay] as number;
  const next = days.startsAt[day - days.firstDay + 1] as number;
  if (next - startsAt === msPerDay) return startsAt + minute * msPerMinute;
  return instantAtOrAfter(day, minute, days.zone);
}

/** Spans of dates, both ends included, as instants. */
export function asInstants(spans: readonly DatePeriod[], zone: string): InstantPeriod[] {
  return spans.map((span) => wholeDays(span.from, span.to, zone)).sort((a, b) => a.startsAt - b.startsAt);
}

/** The last day of an open-ended span: later than anything that is asked about. */
export const endOfTime: DateOnly = '2999-12-31';

/** The table's days within a span of dates, as day numbers; `last` is before `first` when there are none. */
export function daysWithin(days: DayTable, from: DateOnly, to: DateOnly | null): { first: number; last: number } {
  const first = Math.max(days.firstDay, dayNumber(from));
  const last = to === null ? days.lastDay : Math.min(days.lastDay, dayNumber(to));
  return { first, last };
}

function hostOf(place: Place | undefined, schoolUrns: readonly string[]): string | null {
  if (!place) return schoolUrns[0] ?? null;
  return 'schoolUrn' in place ? place.schoolUrn : null;
}

function question(
  input: AvailabilityInput,
  asked: SlotRequest | WantedPeriod,
  about: Pick<Question, 'span' | 'lengthMs' | 'wanted' | 'alongside'>,
): Question {
  return {
    ...about,
    input,
    index: indexOf(input),
    days: dayTableOf(about.span, input.zone),
    schoolUrns: asked.schoolUrns,
    hostUrn: hostOf(asked.place, asked.schoolUrns),
    roomId: asked.roomId ?? null,
    ignoringBookingId: asked.ignoringBookingId ?? null,
  };
}

export function questionOfRequest(input: AvailabilityInput, request: SlotRequest): Question {
  const startsAt = Math.max(request.from, input.loaded.startsAt);
  const endsAt = Math.max(startsAt, Math.min(request.to, input.loaded.endsAt));
  return question(input, request, {
    span: { startsAt, endsAt },
    lengthMs: request.minutes * msPerMinute,
    wanted: null,
    alongside: [],
  });
}

/** Looks two weeks ahead as well, to be able to say when the specialist works next. */
export function questionOfPeriod(input: AvailabilityInput, wanted: WantedPeriod): Question {
  return question(input, wanted, {
    span: { startsAt: wanted.startsAt, endsAt: wanted.endsAt + 14 * msPerDay },
    lengthMs: wanted.endsAt - wanted.startsAt,
    wanted: { startsAt: wanted.startsAt, endsAt: wanted.endsAt },
    alongside: wanted.alongside ?? [],
  });
}
