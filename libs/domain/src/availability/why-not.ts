import type { AvailabilityInput, WantedPeriod } from './input.js';
import type { Refusal } from './refusal.js';

export declare function whyNot(input: AvailabilityInput, wanted: WantedPeriod): Refusal | null;
/** Throws DomainError with the refusal's code and facts, and three alternatives among the facts. */
export declare function ensureSlot(input: AvailabilityInput, wanted: WantedPeriod): void;
