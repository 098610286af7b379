import { findSlots, whyNot, type AvailabilityInput, type MinimumNotice, type Place, type WantedPeriod } from '../availability/index.js';
import { dayAt, instantAtOrAfter, msPerMinute, type Instant, type InstantPeriod } from '../kernel/zone.js';

/** How long a period is kept for somebody who fills in a form. */
export const holdMinutes = 10;
/** How long a freed period is kept for who is next in line, unless notice ends it sooner. */
export const offerHours = 24;

/** Somebody who would take a freed period. First come, first offered. */
export interface WaitlistEntry {
  readonly id: string;
  readonly schoolUrns: readonly string[];
  readonly place?: Place;
  readonly askedAt: Instant;
  /** Only this specialist; null when any will do. */
  readonly specialistId: string | null;
  /** Only within this span. */
  readonly within: InstantPeriod;
  readonly minutes: number;
}

/** Time in which somebody can work who could not before: a session went, or work was added. */
export interface OpenTime {
  readonly specialistId: string;
  readonly startsAt: Instant;
  /** Null when it goes on. */
  readonly endsAt: Instant | null;
}

/** Where a period for this entry may lie that could not be had before: it shares time with what became free. Null when none can. */
export function spanToOffer(entry: WaitlistEntry, open: OpenTime, now: Instant): InstantPeriod | null {
  const { within, minutes } = entry;
  if (entry.specialistId !== null && entry.specialistId !== open.specialistId) return null;
  // A session may begin before the time that became free, or last beyond it, as long as some of it lies within.
  const around = minutes * msPerMinute - 1;
  const startsAt = Math.max(open.startsAt - around, within.startsAt, now);
  const endsAt = Math.min(open.endsAt === null ? Infinity : open.endsAt + around, within.endsAt);
  return endsAt - startsAt >= minutes * msPerMinute ? { startsAt, endsAt } : null;
}

/** Until when an offer can be taken up: a day, or as long as the agreement's notice for that period still lets anybody book. */
export function offerKeptUntil(now: Instant, startsAt: Instant, notice: MinimumNotice, zone: string): Instant {
  const lastMoment = 'hours' in notice ? startsAt - notice.hours * 60 * msPerMinute : instantAtOrAfter(dayAt(startsAt, zone) - notice.days + 1, 0, zone);
  return Math.min(now + offerHours * 60 * msPerMinute, lastMoment, startsAt);
}

/**
 * What an entry is offered of time that became free: from where that begins, or else the first slot that suits; null when
 * none does. It suits when `whyNot` has nothing against it, which is to say that the schools are subscribed, entitled,
 * open and reachable. `passed` are the starts that were offered before: nothing that shares time with those is offered
 * again. `input` has the rows of the entry's schools, with the time free. Source of the rule: booking.md, "Waitlist".
 */
export function periodToOffer(input: AvailabilityInput, entry: WaitlistEntry, open: OpenTime, passed: readonly Instant[] = []): WantedPeriod | null {
  const span = spanToOffer(entry, open, input.now);
  if (!span) return null;
  const { specialistId } = open;
  const { schoolUrns, minutes, place } = entry;
  const wanted = (startsAt: Instant): WantedPeriod => ({ specialistId, startsAt, endsAt: startsAt + minutes * msPerMinute, schoolUrns, ...(place ? { place } : {}) });
  const isNew = (startsAt: Instant): boolean => passed.every((before) => Math.abs(before - startsAt) >= minutes * msPerMinute);
  const whole = wanted(open.startsAt);
  const wholeFits = whole.startsAt >= span.startsAt && whole.endsAt <= Math.min(span.endsAt, open.endsAt ?? Infinity);
  if (wholeFits && isNew(whole.startsAt) && whyNot(input, whole) === null) return whole;
  const { slots } = findSlots(input, { schoolUrns, from: span.startsAt, to: span.endsAt, minutes, specialistIds: [specialistId], explain: false, ...(place ? { place } : {}) });
  const first = slots.find(({ startsAt }) => isNew(startsAt));
  return first ? wanted(first.startsAt) : null;
}
