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
  readonly urn: string;
  readonly from: DateOnly;
  readonly until: DateOnly | null;
}

/** Refuses a school that is not a member on the day. */
export function assertMember(urn: string, on: DateOnly, memberships: readonly Membership[]): void {
  const isMember = memberships.some((membership) => membership.urn === urn && membership.from <= on && (membership.until === null || membership.until >= on));
  if (!isMember) throw new DomainError<ProcurementProblem>('procurement.not-a-member', { urn, on });
}

type Days = Pick<Subscription, 'fromOn' | 'untilOn'>;

/** The last day that counts: the subscription's own or the agreement's. */
export function lastDayOf(subscription: Days, term: Term): DateOnly {
  return subscription.untilOn !== null && subscription.untilOn < term.endsOn ? subscription.untilOn : term.endsOn;
}

/**
 * Refuses a subscription outside the agreement's term, of a school that is not a member on its first day,
 * or on days for which the school subscribes already (`others` are its other subscriptions).
 */
export function assertMaySubscribe(wanted: Days & { readonly urn: string }, term: Term, memberships: readonly Membership[], others: readonly Days[]): void {
  const { fromOn, untilOn } = wanted;
  if (untilOn !== null && untilOn < fromOn) throw new DomainError<ProcurementProblem>('procurement.ends-before-it-starts', { startsOn: fromOn, endsOn: untilOn });
  if (fromOn < term.startsOn || fromOn > term.endsOn || (untilOn !== null && untilOn > term.endsOn)) {
    throw new DomainError<ProcurementProblem>('procurement.outside-term', { startsOn: term.startsOn, endsOn: term.endsOn });
  }
  assertMember(wanted.urn, fromOn, memberships);
  const last = lastDayOf(wanted, term);
  const overlapping = others.find((other) => other.fromOn <= last && lastDayOf(other, term) >= fromOn);
  if (overlapping) throw new DomainError<ProcurementProblem>('procurement.already-subscribed', { from: overlapping.fromOn, until: overlapping.untilOn });
}

/** Refuses to move the first day of a subscription that has begun: what was booked and charged since then stands on it. */
export function assertSubscriptionMayChange(before: Days, after: Days, today: DateOnly): void {
  const begins = before.fromOn < after.fromOn ? before.fromOn : after.fromOn;
  if (before.fromOn !== after.fromOn && begins <= today) throw new DomainError<ProcurementProblem>('procurement.subscription-used', { from: before.fromOn });
}
