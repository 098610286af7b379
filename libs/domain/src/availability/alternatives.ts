import { msPerDay, msPerMinute } from '../kernel/zone.js';
import type { AvailabilityInput, Slot, WantedPeriod } from './input.js';
import { findSlots } from './slots.js';

const near = 7 * msPerDay;
const month = 28 * msPerDay;

/** Slots of the wanted length that begin within a reach of the wanted start, the nearest first; of two as near, the earlier. */
function nearest(input: AvailabilityInput, wanted: WantedPeriod, reachMs: number, specialistIds: readonly string[]): Slot[] {
  const { startsAt, endsAt, specialistId: _, alongside: __, ...asked } = wanted;
  const { slots } = findSlots(input, {
    ...asked,
    from: startsAt - reachMs,
    to: endsAt + reachMs,
    minutes: (endsAt - startsAt) / msPerMinute,
    specialistIds,
  });
  const distance = (slot: Slot): number => Math.abs(slot.startsAt - startsAt);
  return [...slots].sort((a, b) => distance(a) - distance(b) || a.startsAt - b.startsAt);
}

/**
 * The nearest `n` slots instead of a wanted period: first the same specialist's within a week, then others' within a
 * week, then both within four weeks, then whatever `input.loaded` holds.
 */
export function alternatives(input: AvailabilityInput, wanted: WantedPeriod, n = 3): readonly Slot[] {
  const same = [wanted.specialistId];
  const others = input.specialistIds.filter((id) => id !== wanted.specialistId);
  const whole = Math.max(wanted.startsAt - input.loaded.startsAt, input.loaded.endsAt - wanted.endsAt, month);
  const chosen = new Map<string, Slot>();
  for (const reach of [near, month, whole]) {
    for (const specialistIds of [same, others]) {
      if (chosen.size >= n) break;
      for (const slot of nearest(input, wanted, reach, specialistIds)) chosen.set(`${slot.specialistId} ${slot.startsAt}`, slot);
    }
  }
  return [...chosen.values()].slice(0, n);
}
