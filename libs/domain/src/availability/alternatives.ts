import type { AvailabilityInput, Slot, WantedPeriod } from './input.js';

export declare function alternatives(input: AvailabilityInput, wanted: WantedPeriod, n?: number): readonly Slot[];
