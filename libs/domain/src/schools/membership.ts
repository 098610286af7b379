import { DomainError } from '../kernel/domain-error.js';
import type { DateOnly } from '../kernel/period.js';
import type { SchoolRecord } from './school.js';

/** A school's place in a collaboration. */
export interface Membership {
  readonly id: string;
  readonly urn: string;
  readonly fromOn: DateOnly;
  /** The last day; null while no end is known. */
  readonly untilOn: DateOnly | null;
  /** The day on which somebody entered it. */
  readonly recordedOn: DateOnly;
}

type Term = Pick<Membership, 'urn' | 'fromOn' | 'untilOn'>;

/** True when the school is a member on that day. */
export function isMemberOn(membership: Term, date: DateOnly): boolean {
  return membership.fromOn <= date && (membership.untilOn === null || date <= membership.untilOn);
}

/** @throws `schools.ends-before-start` */
export function membershipEndsAfterStart(membership: Term): void {
  if (membership.untilOn !== null && membership.untilOn < membership.fromOn) {
    throw new DomainError('schools.ends-before-start', { from: membership.fromOn, until: membership.untilOn });
  }
}

/** A school has one place at a time. @throws `schools.already-member` with the dates that are in the way. */
export function membershipsNeverOverlap(wanted: Term, others: readonly Term[]): void {
  const clash = others.find(
    (other) => other.urn === wanted.urn && (other.untilOn === null || wanted.fromOn <= other.untilOn) && (wanted.untilOn === null || other.fromOn <= wanted.untilOn),
  );
  if (clash) throw new DomainError('schools.already-member', { urn: wanted.urn, from: clash.fromOn, until: clash.untilOn });
}

/** A slip is taken back on the day it was made; what is older has history and gets an end instead. @throws `schools.membership-has-history` */
export function mayBeTakenBack(membership: Membership, today: DateOnly): void {
  if (membership.recordedOn !== today) throw new DomainError('schools.membership-has-history', { recordedOn: membership.recordedOn });
}

/** The school that holds the money is one of the members. @throws `schools.lead-school-not-member` */
export function leadSchoolIsMember(leadSchoolUrn: string | null, members: readonly Term[], on: DateOnly): void {
  if (leadSchoolUrn === null) return;
  const isMember = members.some((member) => member.urn === leadSchoolUrn && (member.untilOn === null || on <= member.untilOn));
  if (!isMember) throw new DomainError('schools.lead-school-not-member', { urn: leadSchoolUrn });
}

/** A closed school does not join; the one that follows it may. @throws `schools.school-closed` */
export function schoolIsOpenOn(school: Pick<SchoolRecord, 'urn' | 'status' | 'closedOn' | 'successorUrn'>, on: DateOnly): void {
  if (school.status === 'closed' && (school.closedOn === null || school.closedOn < on)) {
    throw new DomainError('schools.school-closed', { urn: school.urn, closedOn: school.closedOn, successorUrn: school.successorUrn });
  }
}
