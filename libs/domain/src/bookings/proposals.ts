import { alternatives, whyNot, type AvailabilityInput, type Slot, type WantedPeriod } from '../availability/index.js';

/**
 * What could become of a booking that needs re-planning: the same period with another specialist who can be there in
 * time, in the order of `input.specialistIds`; then the nearest slots by `alternatives`. At most `n`, each once.
 */
export function proposals(input: AvailabilityInput, wanted: WantedPeriod, n = 5): readonly Slot[] {
  const { startsAt, endsAt } = wanted;
  const sameTime = input.specialistIds
    .filter((specialistId) => whyNot(input, { ...wanted, specialistId }) === null)
    .map((specialistId): Slot => ({ specialistId, startsAt, endsAt }));
  const found = new Map([...sameTime, ...alternatives(input, wanted, n)].map((slot) => [`${slot.specialistId} ${slot.startsAt}`, slot]));
  return [...found.values()].slice(0, n);
}
