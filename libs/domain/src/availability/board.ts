import { addDays, type DateOnly } from '../kernel/period.js';
import { dayAt, msPerMinute, startOfDate, wholeDays, type InstantPeriod } from '../kernel/zone.js';
import type { AvailabilityInput, TakenTime } from './input.js';
import { instantOn, questionOfRequest, type Question } from './question.js';
import type { Halves } from './units.js';
import { workingTimeOf } from './working-time.js';

/** One half of a specialist's day, in minutes. */
export interface BoardHalf {
  readonly worksMinutes: number;
  /** Worked and not taken by anything. */
  readonly freeMinutes: number;
  /** Worked by the pattern, taken away by an absence. */
  readonly awayMinutes: number;
  /** Taken by somebody whom one may not see: another collaboration, an outside calendar. */
  readonly elsewhereMinutes: number;
}

export interface BoardDay {
  readonly specialistId: string;
  readonly date: DateOnly;
  readonly morning: BoardHalf;
  readonly afternoon: BoardHalf;
}

const overlap = (a: InstantPeriod, b: InstantPeriod): InstantPeriod => ({ startsAt: Math.max(a.startsAt, b.startsAt), endsAt: Math.min(a.endsAt, b.endsAt) });

/** Minutes of the union of periods, clipped to a span. */
function minutesWithin(span: InstantPeriod, periods: readonly InstantPeriod[]): number {
  const clipped = periods.map((one) => overlap(one, span)).filter((one) => one.endsAt > one.startsAt).sort((a, b) => a.startsAt - b.startsAt);
  let total = 0;
  let reached = -Infinity;
  for (const one of clipped) {
    total += Math.max(0, one.endsAt - Math.max(one.startsAt, reached));
    reached = Math.max(reached, one.endsAt);
  }
  return Math.round(total / msPerMinute);
}

const within = (periods: readonly InstantPeriod[], clip: readonly InstantPeriod[]): InstantPeriod[] =>
  periods.flatMap((one) => clip.map((other) => overlap(one, other)).filter((both) => both.endsAt > both.startsAt));

interface OfOne {
  readonly works: readonly InstantPeriod[];
  readonly taken: readonly TakenTime[];
  readonly away: readonly InstantPeriod[];
}

function halfOf(span: InstantPeriod, { works, taken, away }: OfOne): BoardHalf {
  const worksMinutes = minutesWithin(span, works);
  const awayMinutes = minutesWithin(span, within(away, works));
  const busy = [...within(away, works), ...within(taken, works)];
  return {
    worksMinutes,
    freeMinutes: worksMinutes - minutesWithin(span, busy),
    awayMinutes,
    elsewhereMinutes: minutesWithin(span, taken.filter((one) => !one.bookingId)),
  };
}

function spansOf(question: Question, date: DateOnly, { morning, afternoon }: Halves): { morning: InstantPeriod; afternoon: InstantPeriod } {
  const day = dayAt(startOfDate(date, question.days.zone), question.days.zone);
  const whole = wholeDays(date, date, question.days.zone);
  // What is worked in the break belongs to neither half: nobody books it as half a day.
  return {
    morning: { startsAt: whole.startsAt, endsAt: instantOn(question.days, day, morning.endMinute) },
    afternoon: { startsAt: instantOn(question.days, day, afternoon.startMinute), endsAt: whole.endsAt },
  };
}

/**
 * Who works when, and what is left of it: every specialist of the input on every day, by half days. It is about the
 * specialists alone; whether a school can have a half day is for the rules to say when it is asked for.
 * Term-time patterns follow the calendar of the school that looks.
 */
export function boardOf(
  input: AvailabilityInput,
  asked: { readonly schoolUrn: string; readonly from: DateOnly; readonly to: DateOnly; readonly halvesOf: (specialistId: string) => Halves },
): readonly BoardDay[] {
  const { startsAt, endsAt } = wholeDays(asked.from, asked.to, input.zone);
  const question = questionOfRequest(input, { schoolUrns: [asked.schoolUrn], from: startsAt, to: endsAt, minutes: 60 });
  const found: BoardDay[] = [];
  for (const specialistId of input.specialistIds) {
    const own: OfOne = {
      works: workingTimeOf(question, specialistId),
      taken: question.index.taken.get(specialistId)?.rows ?? [],
      away: question.index.absences.get(specialistId) ?? [],
    };
    for (let date = asked.from; date <= asked.to; date = addDays(date, 1)) {
      const spans = spansOf(question, date, asked.halvesOf(specialistId));
      found.push({ specialistId, date, morning: halfOf(spans.morning, own), afternoon: halfOf(spans.afternoon, own) });
    }
  }
  return found;
}
