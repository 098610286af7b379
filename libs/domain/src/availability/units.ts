import { dayAt, instantAtOrAfter, type InstantPeriod } from '../kernel/zone.js';

/** What entitlement is bought in. Quantities are whole thousandths of it (milliunits), never fractions. */
export type EntitlementUnit = 'day' | 'half-day' | 'hour' | 'session';

/** A half of the working day in wall minutes since midnight. */
export interface HalfDay {
  readonly startMinute: number;
  readonly endMinute: number;
}

export interface Halves {
  readonly morning: HalfDay;
  readonly afternoon: HalfDay;
}

const milliunitsPerHalf = { day: 500, 'half-day': 1000 } as const;

/** Milliunits of so many halves or of so long a session. Hours are rounded up to a thousandth: 20 minutes are 0.334. */
export function milliunitsOfLength(unit: EntitlementUnit, lengthMs: number, halves: number): number {
  if (unit === 'session') return 1000;
  if (unit === 'hour') return Math.ceil(lengthMs / 3600);
  return halves * milliunitsPerHalf[unit];
}

/** Halves of working days that a period takes: both when it lies on both sides of midday's break, else one, for each day. */
export function halvesOf(period: InstantPeriod, { morning, afternoon }: Halves, zone: string): number {
  let halves = 0;
  for (let day = dayAt(period.startsAt, zone); day <= dayAt(period.endsAt - 1, zone); day += 1) {
    const reachesMorning = period.startsAt < instantAtOrAfter(day, morning.endMinute, zone);
    const reachesAfternoon = period.endsAt > instantAtOrAfter(day, afternoon.startMinute, zone);
    halves += reachesMorning && reachesAfternoon ? 2 : 1;
  }
  return halves;
}

/**
 * What a period takes from an entitlement, in thousandths of its unit: half a day is 500 of a `day` and 1,000 of a
 * `half-day`, 90 minutes are 1,500 of an `hour`, every session is 1,000 of a `session`.
 */
export function milliunitsOf(unit: EntitlementUnit, period: InstantPeriod, halves: Halves, zone: string): number {
  const countsHalves = unit === 'day' || unit === 'half-day';
  return milliunitsOfLength(unit, period.endsAt - period.startsAt, countsHalves ? halvesOf(period, halves, zone) : 0);
}

/**
 * A joint booking takes the specialist's time once: the schools give equal parts of it, and thousandths left over
 * go one each to the lowest URNs. The parts add up to the whole.
 */
export function milliunitsBySchool(milliunits: number, schoolUrns: readonly string[]): ReadonlyMap<string, number> {
  const urns = [...schoolUrns].sort();
  const each = Math.floor(milliunits / urns.length);
  const left = milliunits - each * urns.length;
  return new Map(urns.map((urn, place) => [urn, each + (place < left ? 1 : 0)]));
}
