// Availability owns working patterns, absences, extra time, school calendars, travel, time taken, slots and refusals.
// It says whether a period is a slot for a school, an agreement and a specialist, and if not, why.
// It refuses to know prices, who pays, and who took the time that is taken.
export { alternatives } from './alternatives.js';
export { earliestStart, endOfHorizon } from './agreement-rules.js';
export type { BoardDay, BoardHalf } from './board.js';
export { boardOf } from './board.js';
export type {
  Absence,
  AgreementTerms,
  AvailabilityInput,
  CredentialHeld,
  EntitlementLeft,
  ExtraTime,
  MinimumNotice,
  Place,
  Slot,
  SlotRequest,
  SubscriptionTerm,
  TakenTime,
  WantedPeriod,
  WorkingPattern,
  WorkingPeriod,
} from './input.js';
export type { AvailabilityCode, RefusedRun, Refusal } from './refusal.js';
export { availabilityRules } from './rules.js';
export type {
  CalendarEntry,
  CalendarEntryKind,
  CalendarLayer,
  CalendarLevel,
  Closure,
  SchoolCalendar,
  SchoolDay,
} from './school-calendar.js';
export { isWorkingDay, resolveCalendar, schoolDayOn, weekOfHalfTerm, workingDaysBetween } from './school-calendar.js';
export type { FoundSlots } from './slots.js';
export { findSlots } from './slots.js';
export type { Journey, SitePosition, TravelPair, TravelTable } from './travel.js';
export { journeyBetween, journeysOf } from './travel.js';
export type { EntitlementUnit, HalfDay, Halves } from './units.js';
export { milliunitsBySchool, milliunitsOf } from './units.js';
export { ensureSlot, lengthIsOnOffer, whyNot } from './why-not.js';
