import { whyNot, type AvailabilityInput, type MinimumNotice, type Place, type Slot, type WantedPeriod } from '../availability/index.js';
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

/** What is offered to whom: to be held for them until it expires, then for the next in line. */
export interface WaitlistOffer {
  readonly entryId: string;
  readonly period: WantedPeriod;
}

function offerOf(entry: WaitlistEntry, freed: Slot): WaitlistOffer | null {
  const { specialistId, startsAt } = freed;
  const endsAt = startsAt + entry.minutes * msPerMinute;
  const fits = endsAt <= freed.endsAt && startsAt >= entry.within.startsAt && endsAt <= entry.within.endsAt;
  if (!fits || (entry.specialistId !== null && entry.specialistId !== specialistId)) return null;
  const { schoolUrns, place } = entry;
  return { entryId: entry.id, period: { specialistId, startsAt, endsAt, schoolUrns, ...(place ? { place } : {}) } };
}

/** Until when an offer can be taken up: a day, or as long as the agreement's notice for that period still lets anybody book. */
export function offerKeptUntil(now: Instant, startsAt: Instant, notice: MinimumNotice, zone: string): Instant {
  const lastMoment = 'hours' in notice ? startsAt - notice.hours * 60 * msPerMinute : instantAtOrAfter(dayAt(startsAt, zone) - notice.days + 1, 0, zone);
  return Math.min(now + offerHours * 60 * msPerMinute, lastMoment, startsAt);
}

/**
 * Offers a freed period to the first in line who is eligible: subscribed, entitled, open and reachable, which is to say
 * that `whyNot` has nothing against it. Who was offered it already is passed over. Null when nobody is eligible.
 * `inputFor` gives the rows for an entry's schools, with the freed time free.
 */
export function nextInLine(
  entries: readonly WaitlistEntry[],
  freed: Slot,
  inputFor: (entry: WaitlistEntry) => AvailabilityInput,
  offeredAlready: readonly string[] = [],
): WaitlistOffer | null {
  const inLine = [...entries].sort((a, b) => a.askedAt - b.askedAt || (a.id < b.id ? -1 : 1));
  for (const entry of inLine) {
    const offer = offeredAlready.includes(entry.id) ? null : offerOf(entry, freed);
    if (offer && whyNot(inputFor(entry), offer.period) === null) return offer;
  }
  return null;
}
