import { whyNot, type AvailabilityInput, type Place, type Slot, type WantedPeriod } from '../availability/index.js';
import { msPerMinute, type Instant, type InstantPeriod } from '../kernel/zone.js';

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
