import { DomainError } from '../kernel/domain-error.js';
import { addDays, type DateOnly } from '../kernel/period.js';

/** Why an agreement, its price, its rule or a subscription cannot be as it was sent. */
export type ProcurementProblem =
  | 'procurement.ends-before-it-starts'
  | 'procurement.price-missing'
  | 'procurement.retainer-missing'
  | 'procurement.commitment-not-countable'
  | 'procurement.half-days-overlap'
  | 'procurement.bands-not-in-order'
  | 'procurement.price-in-the-past'
  | 'procurement.price-outside-term'
  | 'procurement.rule-does-not-add-up'
  | 'procurement.rule-same-school-twice'
  | 'procurement.rule-stranger'
  | 'procurement.rule-school-without-group'
  | 'procurement.floor-above-cap'
  | 'procurement.rule-frozen'
  | 'procurement.rule-outside-term'
  | 'procurement.rule-exists'
  | 'procurement.outside-term'
  | 'procurement.not-a-member'
  | 'procurement.already-subscribed'
  | 'procurement.subscription-used'
  | 'procurement.not-engaged'
  | 'procurement.already-engaged'
  | 'procurement.no-such-service'
  | 'procurement.no-such-supplier'
  | 'procurement.name-taken'
  | 'procurement.no-bank-details'
  | 'procurement.instalments-charged'
  | 'procurement.in-use'
  | 'procurement.no-rule';

/** What one unit of the price is; with `retainer` everything is paid by instalments. */
export const priceBases = ['hour', 'half-day', 'day', 'session', 'retainer'] as const;
export type PriceBasis = (typeof priceBases)[number];

/** What entitlement and commitment are counted in. */
export const units = ['hour', 'half-day', 'day', 'session'] as const;
export type Unit = (typeof units)[number];

/** Named as the sharing room schedules them; `sept-march-april-august` is the 7/12 and 5/12 that bridge two financial years. */
export const instalmentPlans = ['once', 'monthly-12', 'termly-3', 'sept-march-april-august'] as const;
export type InstalmentPlan = (typeof instalmentPlans)[number];

/** How the baseline of a saving was found. */
export const baselineMethods = ['price-paid-before', 'quoted-singly', 'list-price', 'benchmark'] as const;
export type BaselineMethod = (typeof baselineMethods)[number];

/** What a saving is measured against: the price for one unit of the price (for a retainer: for the whole term). */
export interface Baseline {
  readonly name: string;
  readonly pricePence: number;
  readonly method: BaselineMethod;
}

/** With at least so many working days' notice, this part of the price is charged (10,000 is all of it). */
export interface CancellationTerm {
  readonly atLeastWorkingDays: number;
  readonly chargeBasisPoints: number;
}

/** A price and the first day on which it holds. */
export interface DatedPrice {
  readonly from: DateOnly;
  readonly pence: number;
}

/** When replacement must begin: an agreement's end less its notice and the time it takes to find another. */
export function triggerDate(agreement: { readonly endsOn: DateOnly; readonly noticeDays: number; readonly leadTimeDays: number }): DateOnly {
  return addDays(agreement.endsOn, -(agreement.noticeDays + agreement.leadTimeDays));
}

/** What has to be done next about an agreement: the register sorts by it. */
export type RegisterState = 'not-started' | 'running' | 'act-now' | 'notice-passed' | 'ended';

export function registerState(
  agreement: { readonly startsOn: DateOnly; readonly endsOn: DateOnly; readonly noticeDays: number; readonly leadTimeDays: number },
  today: DateOnly,
): RegisterState {
  if (agreement.endsOn < today) return 'ended';
  if (addDays(agreement.endsOn, -agreement.noticeDays) < today) return 'notice-passed';
  if (triggerDate(agreement) <= today) return 'act-now';
  return agreement.startsOn > today ? 'not-started' : 'running';
}

/** The price of a day: the latest that began on or before it; before the first one, the first. Null when none is agreed. */
export function priceOn(prices: readonly DatedPrice[], on: DateOnly): number | null {
  const inOrder = [...prices].sort((a, b) => (a.from < b.from ? -1 : 1));
  const last = inOrder.filter((price) => price.from <= on).at(-1);
  return (last ?? inOrder[0])?.pence ?? null;
}

/**
 * The price of a session: the price of one unit times the session's length in thousandths of that unit, half a penny up.
 * @param milliunits thousandths of the price's unit: 1,500 is an hour and a half at a price per hour.
 */
export function priceOfSession(unitPricePence: number, milliunits: number): number {
  return Number((BigInt(unitPricePence) * BigInt(milliunits) + 500n) / 1000n);
}

/** Refuses a price outside the term, or, once charges have been shared, one for days that are over. */
export function assertPriceMayFollow(from: DateOnly, today: DateOnly, term: { readonly startsOn: DateOnly; readonly endsOn: DateOnly }, hasShared: boolean): void {
  if (from < term.startsOn || from > term.endsOn) throw new DomainError<ProcurementProblem>('procurement.price-outside-term', { startsOn: term.startsOn, endsOn: term.endsOn });
  if (hasShared && from < today) throw new DomainError<ProcurementProblem>('procurement.price-in-the-past', { today });
}

/** What a unit is and who delivers what cannot change under charges that were made by it. */
export function assertSameTrade(before: Trade, after: Trade, hasShared: boolean): void {
  const fields = ['serviceId', 'supplierId', 'priceBasis', 'unit'] as const;
  const changed = fields.filter((field) => before[field] !== after[field]);
  if (hasShared && changed.length > 0) throw new DomainError<ProcurementProblem>('procurement.in-use', { changed });
}

interface Trade {
  readonly serviceId: string;
  readonly supplierId: string;
  readonly priceBasis: PriceBasis;
  readonly unit: Unit;
}

/** The unit that entitlement is counted in when nobody says: that of the price, or sessions for a retainer. */
export function usualUnit(priceBasis: PriceBasis): Unit {
  return priceBasis === 'retainer' ? 'session' : priceBasis;
}

/** What decides how long each unit is. */
export interface UnitLengths {
  readonly morning: { readonly startMinute: number; readonly endMinute: number };
  readonly afternoon: { readonly startMinute: number; readonly endMinute: number };
  /** On offer; empty when any length is. */
  readonly lengthsMinutes: readonly number[];
}

/**
 * Minutes of one unit by the agreement's own hours: a day is its morning and its afternoon, a half day half of that, a
 * session the one length on offer. Null for a session of no or several lengths.
 */
export function minutesOfUnit(unit: Unit, { morning, afternoon, lengthsMinutes }: UnitLengths): number | null {
  const dayMinutes = morning.endMinute - morning.startMinute + afternoon.endMinute - afternoon.startMinute;
  if (unit === 'session') return lengthsMinutes.length === 1 ? lengthsMinutes[0]! : null;
  return unit === 'hour' ? 60 : unit === 'day' ? dayMinutes : dayMinutes / 2;
}

/** A number of one unit in another, in thousandths, rounded to the nearest; null when the agreement does not say how long they are. */
export function milliunitsIn(unit: Unit, of: { readonly milliunits: number; readonly unit: Unit }, lengths: UnitLengths): number | null {
  if (unit === of.unit) return of.milliunits;
  const [from, to] = [minutesOfUnit(of.unit, lengths), minutesOfUnit(unit, lengths)];
  return from === null || to === null ? null : Math.round((of.milliunits * from) / to);
}

/** The terms that are checked together; what one field can say alone is the contract's to check. */
export interface TermsToCheck extends UnitLengths {
  readonly startsOn: DateOnly;
  readonly endsOn: DateOnly;
  readonly priceBasis: PriceBasis;
  /** True when a price of one unit is agreed. */
  readonly hasPrice: boolean;
  readonly retainerPence: number | null;
  readonly instalmentPlan: InstalmentPlan | null;
  /** What entitlement and the minimum commitment are counted in. */
  readonly unit: Unit;
  readonly minimumCommitmentMilliunits: number | null;
  readonly cancellationBands: readonly CancellationTerm[];
}

/** Refuses terms that contradict themselves. */
export function assertTerms(terms: TermsToCheck): void {
  if (terms.endsOn < terms.startsOn) throw new DomainError<ProcurementProblem>('procurement.ends-before-it-starts', { startsOn: terms.startsOn, endsOn: terms.endsOn });
  if (terms.priceBasis !== 'retainer' && !terms.hasPrice) throw new DomainError<ProcurementProblem>('procurement.price-missing');
  if ((terms.priceBasis === 'retainer' && terms.retainerPence === null) || (terms.retainerPence === null) !== (terms.instalmentPlan === null)) {
    throw new DomainError<ProcurementProblem>('procurement.retainer-missing');
  }
  const minutes = [terms.morning.startMinute, terms.morning.endMinute, terms.afternoon.startMinute, terms.afternoon.endMinute] as const;
  if (minutes[0] >= minutes[1] || minutes[1] > minutes[2] || minutes[2] >= minutes[3]) throw new DomainError<ProcurementProblem>('procurement.half-days-overlap');
  assertCommitment(terms);
  assertBands(terms.cancellationBands);
}

/** What is not used of a commitment is charged at the price, so that the agreement has to say what one is in the other. */
function assertCommitment({ minimumCommitmentMilliunits, unit, priceBasis, retainerPence, ...lengths }: TermsToCheck): void {
  if (minimumCommitmentMilliunits === null || retainerPence !== null) return;
  const priced = usualUnit(priceBasis);
  if (milliunitsIn(priced, { milliunits: minimumCommitmentMilliunits, unit }, lengths) === null) throw new DomainError<ProcurementProblem>('procurement.commitment-not-countable', { unit, priced });
}

/** Bands go from much notice to none, and less notice never costs less. */
function assertBands(bands: readonly CancellationTerm[]): void {
  for (const [index, band] of bands.entries()) {
    const next = bands[index + 1];
    if (next && (next.atLeastWorkingDays >= band.atLeastWorkingDays || next.chargeBasisPoints < band.chargeBasisPoints)) {
      throw new DomainError<ProcurementProblem>('procurement.bands-not-in-order', { band: index + 1 });
    }
  }
}
