import type { BookingAction } from '@fairshare/contract/bookings';
import { possibleActions, schoolsThatMayLeave } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Instant } from '@fairshare/domain/kernel/zone';
import { isSpecialistOnly } from '../availability/diary.js';
import { scopeIncludesSchool, type Scope } from '../platform/actor.js';
import { rolesOf } from '../platform/allow.js';
import type { StoredBooking } from './booking-store.js';

type Part = Pick<StoredBooking['booking'], 'schoolUrns' | 'specialistId'>;

/** Somebody at a school acts for that school; who runs the collaboration acts for all; a specialist for their own diary. */
export function mayActFor(who: Scope, booking: Part): boolean {
  if (who.specialistId === booking.specialistId && who.roles.includes('specialist')) return true;
  return !isSpecialistOnly(who) && booking.schoolUrns.every((urn) => scopeIncludesSchool(who, urn));
}

/** @throws `bookings.not-your-school`; for a specialist another's booking is `platform.not-found`. */
export function assertMayActFor(who: Scope, booking: Part): void {
  if (mayActFor(who, booking)) return;
  throw new DomainError(isSpecialistOnly(who) ? 'platform.not-found' : 'bookings.not-your-school');
}

/** The school that one acts for: the one that is named, else the first of the booking's own. @throws `bookings.not-your-school` */
export function schoolActedFor(who: Scope, booking: Pick<Part, 'schoolUrns'>, named: string | undefined): string {
  const urn = named ?? booking.schoolUrns.find((each) => scopeIncludesSchool(who, each));
  if (urn === undefined || !scopeIncludesSchool(who, urn)) throw new DomainError('bookings.not-your-school');
  return urn;
}

/** A specialist reads their own diary; everybody else in the collaboration reads its whole calendar. */
export function assertMaySee(who: Scope, booking: Part): void {
  if (isSpecialistOnly(who) && who.specialistId !== booking.specialistId) throw new DomainError('platform.not-found');
}

/** A school's reference is read by that school and by the specialist who is named, by nobody else. */
export function mayReadReference(who: Scope, booking: Part, urn: string): boolean {
  if (who.specialistId !== null && who.specialistId === booking.specialistId) return true;
  return who.schoolUrns !== 'all' && who.schoolUrns.includes(urn);
}

/** What the person may do with it now: what has not begun cannot have taken place. */
export function actionsFor(who: Scope, { booking }: StoredBooking, now: Instant): BookingAction[] {
  const possible: readonly string[] = mayActFor(who, booking) ? possibleActions(booking.state).filter((action) => action !== 'deliver' || booking.startsAt <= now) : [];
  const mayLeave = schoolsThatMayLeave(booking, now).some((urn) => scopeIncludesSchool(who, urn));
  return (['approve', 'decline', 'move', 'cancel', 'leave', 'deliver'] as const)
    .filter((action) => (action === 'leave' ? mayLeave : possible.includes(action)))
    .filter((action) => who.roles.some((role) => rolesOf(`bookings.${action}`).includes(role)));
}
