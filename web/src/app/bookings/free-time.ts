import type { Slot } from '@fairshare/contract/availability.js';

/** A stretch of a specialist's time in which a session of the wanted length fits, with the starts it offers. */
export interface FreeTime {
  readonly specialistId: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly slots: readonly Slot[];
}

/** Puts slots that touch or overlap together, so that a free morning is one block and not twelve. */
export function freeTimes(slots: readonly Slot[]): FreeTime[] {
  const bySpecialist = [...slots].sort((a, b) => a.specialistId.localeCompare(b.specialistId) || a.startsAt.localeCompare(b.startsAt));
  const found: { specialistId: string; startsAt: string; endsAt: string; slots: Slot[] }[] = [];
  for (const slot of bySpecialist) {
    const last = found.at(-1);
    if (last && last.specialistId === slot.specialistId && slot.startsAt <= last.endsAt) {
      last.slots.push(slot);
      if (slot.endsAt > last.endsAt) last.endsAt = slot.endsAt;
    } else {
      found.push({ specialistId: slot.specialistId, startsAt: slot.startsAt, endsAt: slot.endsAt, slots: [slot] });
    }
  }
  return found.sort((a, b) => a.startsAt.localeCompare(b.startsAt));
}
