import { workingDaysBetween, type SchoolCalendar } from '../availability/index.js';
import { dateAt, type Instant } from '../kernel/zone.js';
import type { Booking, CancellingParty } from './booking.js';

/** With at least so many working days' notice, this part of the price is charged (10,000 basis points are all of it). */
export interface CancellationBand {
  readonly atLeastWorkingDays: number;
  readonly chargeBasisPoints: number;
}

/** A period that was given up, and when. */
export interface GivenUp {
  readonly startsAt: Instant;
  readonly givenAt: Instant;
}

export interface CancellationOutcome {
  readonly chargeBasisPoints: number;
  /** Working days' notice of the period that decided. */
  readonly workingDays: number;
  /** Null when no band was looked at: the agreement has none, the specialist cancels, or it was never confirmed. */
  readonly band: CancellationBand | null;
  /** Which period decided: the booking's own, or one it was moved away from. */
  readonly countedFor: GivenUp;
  /** Schools that bear the charge: the one that cancels, or all of them when the reason is common; none when it is free. */
  readonly borneBy: readonly string[];
}

export interface CancellationTerms {
  readonly bands: readonly CancellationBand[];
  /** Of the school that cancels, or of the host when the reason is common. */
  readonly calendar: SchoolCalendar;
  readonly zone: string;
}

/**
 * Working days' notice: days after the one on which it was given, up to and including the booking's own; weekends,
 * bank holidays and school holidays are left out. Only a cancellation on the day (or later) has none at all.
 */
export function workingDaysNotice({ startsAt, givenAt }: GivenUp, { calendar, zone }: CancellationTerms): number {
  const given = dateAt(givenAt, zone);
  const date = dateAt(startsAt, zone);
  return given >= date ? 0 : Math.max(1, workingDaysBetween(calendar, given, date));
}

/** The band for so much notice; exactly at a band's limit is within it. Less than any band asks for falls into the shortest. */
export function bandFor(bands: readonly CancellationBand[], workingDays: number): CancellationBand | null {
  const longestFirst = [...bands].sort((a, b) => b.atLeastWorkingDays - a.atLeastWorkingDays);
  return longestFirst.find((band) => workingDays >= band.atLeastWorkingDays) ?? longestFirst.at(-1) ?? null;
}

/** The booking's own period and those it was moved away from; what the specialist moved counts against nobody. */
function givenUpPeriods(booking: Booking, now: Instant): GivenUp[] {
  const own = { startsAt: booking.startsAt, givenAt: booking.replanning?.at ?? now };
  const left = booking.movedFrom.filter((one) => one.movedBy !== 'specialist');
  return [own, ...left.map((one) => ({ startsAt: one.startsAt, givenAt: one.movedAt }))];
}

/**
 * What a cancellation costs, to be asked before `cancel`. The dearest of the periods it gave up decides, each by the
 * notice that was given when it was given up: moving a booking does not launder a late cancellation. The specialist's
 * own cancellation never charges, nor does one of what was never confirmed or what the specialist made impossible.
 */
export function cancellationOutcome(
  booking: Booking,
  by: { readonly party: CancellingParty; readonly schoolUrn: string | null; readonly now: Instant },
  terms: CancellationTerms,
): CancellationOutcome {
  const outcomes = givenUpPeriods(booking, by.now).map((countedFor) => {
    const workingDays = workingDaysNotice(countedFor, terms);
    return { countedFor, workingDays, band: bandFor(terms.bands, workingDays) };
  });
  const own = outcomes[0] as (typeof outcomes)[number];
  const specialists = by.party === 'specialist' || booking.replanning?.causedBy === 'specialist';
  const neverConfirmed = [booking.state, booking.replanning?.was].some((state) => state === 'held' || state === 'requested');
  if (specialists || neverConfirmed) return { ...own, band: null, chargeBasisPoints: 0, borneBy: [] };
  const charge = (outcome: typeof own): number => outcome.band?.chargeBasisPoints ?? 0;
  const dearest = outcomes.reduce((worst, one) => (charge(one) > charge(worst) ? one : worst), own);
  const chargeBasisPoints = charge(dearest);
  const bearers = by.party === 'school' && by.schoolUrn !== null ? [by.schoolUrn] : booking.schoolUrns;
  return { ...dearest, chargeBasisPoints, borneBy: chargeBasisPoints === 0 ? [] : bearers };
}

/** True while the schools may still say that a delivered session did not happen so: through the last of the agreement's working days. */
export function objectionIsInTime(
  booking: Pick<Booking, 'deliveredAt'>,
  now: Instant,
  { workingDays, calendar, zone }: { readonly workingDays: number; readonly calendar: SchoolCalendar; readonly zone: string },
): boolean {
  if (booking.deliveredAt === null) return false;
  return workingDaysBetween(calendar, dateAt(booking.deliveredAt, zone), dateAt(now, zone)) <= workingDays;
}
