import { DomainError } from '../kernel/domain-error.js';
import { isoOf } from '../kernel/zone.js';
import { alternatives } from './alternatives.js';
import type { AvailabilityInput, WantedPeriod } from './input.js';
import { questionOfPeriod } from './question.js';
import type { Refusal } from './refusal.js';
import { firstRefusal } from './rules.js';

/**
 * Null when the period is a slot, else the first refusal in the order of `availabilityRules`. The step between starts
 * and the lengths on offer are no refusals: they say what is proposed, not what is possible.
 * Throws RangeError when nothing else is against a period that is not within `input.loaded`: what was not loaded
 * cannot be promised.
 */
export function whyNot(input: AvailabilityInput, wanted: WantedPeriod): Refusal | null {
  if (!(wanted.endsAt > wanted.startsAt)) throw new RangeError('a wanted period must end after it starts');
  const refusal = firstRefusal(questionOfPeriod(input, wanted), wanted.specialistId);
  if (refusal) return refusal;
  if (wanted.startsAt < input.loaded.startsAt || wanted.endsAt > input.loaded.endsAt) {
    throw new RangeError(`time taken was not loaded for ${isoOf(wanted.startsAt)} to ${isoOf(wanted.endsAt)}`);
  }
  return null;
}

/** Throws DomainError with the refusal's code and facts, and with the three nearest slots as `facts.alternatives` (ISO). */
export function ensureSlot(input: AvailabilityInput, wanted: WantedPeriod): void {
  const refusal = whyNot(input, wanted);
  if (!refusal) return;
  const others = alternatives(input, wanted).map(({ specialistId, startsAt, endsAt }) => ({
    specialistId,
    startsAt: isoOf(startsAt),
    endsAt: isoOf(endsAt),
  }));
  throw new DomainError(refusal.code, { ...refusal.facts, alternatives: others });
}

/** True when the agreement offers sessions of this many minutes; with no lengths named it offers all. */
export function lengthIsOnOffer({ lengthsMinutes }: AvailabilityInput['agreement'], minutes: number): boolean {
  return lengthsMinutes.length === 0 || lengthsMinutes.includes(minutes);
}
