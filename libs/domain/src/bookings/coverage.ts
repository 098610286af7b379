import { milliunitsBySchool, type EntitlementLeft, type Refusal } from '../availability/index.js';
import type { DateOnly, DatePeriod } from '../kernel/period.js';
import { entitlementLeft, take, type EntitlementEntry } from './entitlement.js';

/** What a subscription buys in advance; null when it buys no units and sessions are not counted. */
export interface SubscribedUnits {
  readonly schoolUrn: string;
  readonly period: DatePeriod;
  readonly entitlementMilliunits: number | null;
}

const isUncounted = (subscriptions: readonly SubscribedUnits[], schoolUrn: string, on: DateOnly): boolean =>
  subscriptions.some(
    (one) => one.schoolUrn === schoolUrn && one.entitlementMilliunits === null && one.period.from <= on && on <= one.period.to,
  );

/** What the availability rules look at: where sessions are not counted, entitlement never runs out. */
export function entitlementToShow(
  entries: readonly EntitlementEntry[],
  subscriptions: readonly SubscribedUnits[],
): readonly EntitlementLeft[] {
  const uncounted = subscriptions
    .filter((one) => one.entitlementMilliunits === null)
    .map(({ schoolUrn, period }) => ({ schoolUrn, period, leftMilliunits: Number.MAX_SAFE_INTEGER }));
  return [...entitlementLeft(entries), ...uncounted];
}

export interface Draw {
  /** Lines to add to the ledger. */
  readonly entries: readonly EntitlementEntry[];
  /** Schools whose part was bought in advance; the others pay as they go or are not counted. */
  readonly coveredUrns: readonly string[];
}

/**
 * Takes each school's part of a booking from its entitlement, and leaves it to the price list where the agreement
 * allows pay-as-you-go and too little is left. Throws `availability.no-entitlement` where it does not.
 */
export function draw(
  ledger: readonly EntitlementEntry[],
  wanted: {
    readonly agreementId: string;
    readonly schoolUrns: readonly string[];
    /** Of the whole booking. */
    readonly milliunits: number;
    readonly usedOn: DateOnly;
    readonly on: DateOnly;
    readonly bookingId: string;
  },
  terms: { readonly payAsYouGo: boolean; readonly subscriptions: readonly SubscribedUnits[] },
): Draw {
  const { agreementId, usedOn, on, bookingId } = wanted;
  const left = entitlementLeft(ledger).filter(({ period }) => period.from <= usedOn && usedOn <= period.to);
  const entries: EntitlementEntry[] = [];
  for (const [schoolUrn, milliunits] of milliunitsBySchool(wanted.milliunits, wanted.schoolUrns)) {
    if (milliunits === 0 || isUncounted(terms.subscriptions, schoolUrn, usedOn)) continue;
    const isEnough = left.some((one) => one.schoolUrn === schoolUrn && one.leftMilliunits >= milliunits);
    if (!isEnough && terms.payAsYouGo) continue;
    entries.push(take(ledger, { agreementId, schoolUrn, milliunits, usedOn, on, bookingId }));
  }
  return { entries, coveredUrns: entries.map((entry) => entry.schoolUrn) };
}

/** Rules about asking: what was asked for in time and is paid for keeps its place when it is approved or restored. */
const rulesOfAsking: readonly string[] = ['availability.notice-too-short', 'availability.too-far-ahead', 'availability.no-entitlement'];

/** What stands in the way of a booking that was asked for before; null when it can happen as it stands. */
export function whyNotStand(refusal: Refusal | null): Refusal | null {
  return refusal && !rulesOfAsking.includes(refusal.code) ? refusal : null;
}
