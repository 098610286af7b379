import type { AvailabilityInput, Slot, SlotRequest } from './input.js';
import type { RefusedRun } from './refusal.js';

export interface FoundSlots {
  readonly slots: readonly Slot[];
  readonly refusals?: readonly RefusedRun[];
}

export declare function findSlots(input: AvailabilityInput, request: SlotRequest): FoundSlots;
