import { DomainError } from '../kernel/domain-error.js';
import type { DateOnly } from '../kernel/period.js';
import type { ProcurementProblem } from './agreement.js';

/** A school's part in an agreement, both days included; with `entitlementMilliunits` when units are bought in advance. */
export interface Subscription {
  readonly id: string;
  readonly urn: string;
  readonly fromOn: DateOnly;
  /** The last day; null runs to the end of the agreement. */
  readonly untilOn: DateOnly | null;
  /** Thousandths of the agreement's unit: 9,500 is nine and a half days. */
  readonly entitlementMilliunits: number | null;
}

interface Term {
  readonly startsOn: DateOnly;
  readonly endsOn: DateOnly;
}

interface Membership {
  readonly from: DateOnly;
  readonly until: DateOnly | null;
}

type Days = Pick<Subscription, 'fromOn' | 'untilOn'>;

/** The last day that counts: the subscription's own or the agreement's. */
export function lastDayOf(subscription: Days, term: Term): DateOnly {
  return subscription.untilOn !== null && subscription.untilOn < term.endsOn ? subscription.untilOn : term.endsOn;
}

/**
 * Refuses a subscription outside the agreement's term, of a school that is not a member on its first day,
 * or on days for which the school subscribes already.
 */
export function assertMaySubscribe(wanted: Days, term: Term, memberships: readonly Membership[], others: readonly Days[]): void {
  const { fromOn, untilOn } = wanted;
  if (untilOn !== null && untilOn < fromOn) throw new DomainError<ProcurementProblem>('procurement.ends-before-it-starts', { startsOn: fromOn, endsOn: untilOn });
  if (fromOn < term.startsOn || fromOn > term.endsOn || (untilOn !== null && untilOn > term.endsOn)) {
    throw new DomainError<ProcurementProblem>('procurement.outside-term', { startsOn: term.startsOn, endsOn: term.endsOn });
  }
  if (!memberships.some((membership) => membership.from <= fromOn && (membership.until === null || membership.until >= fromOn))) {
    throw new DomainError<ProcurementProblem>('procurement.not-a-member', { on: fromOn });
  }
  const last = lastDayOf(wanted, term);
  const overlapping = others.find((other) => other.fromOn <= last && lastDayOf(other, term) >= fromOn);
  if (overlapping) throw new DomainError<ProcurementProblem>('procurement.already-subscribed', { from: overlapping.fromOn, until: overlapping.untilOn });
}
