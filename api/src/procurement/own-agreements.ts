import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Scope } from '../platform/actor.js';

interface Named {
  readonly supplier: { readonly id: string };
  readonly specialistIds: readonly string[];
}

/** True for somebody who is here to deliver and nothing else: a specialist, a supplier, or both. */
export const deliversOnly = (who: Scope): boolean => who.roles.length > 0 && who.roles.every((role) => role === 'specialist' || role === 'supplier');

/** Who delivers reads the agreements that name them: what others are paid for the same work is not theirs to know. */
export function mayReadAgreement(who: Scope, agreement: Named): boolean {
  if (!deliversOnly(who)) return true;
  return (who.supplierId !== undefined && agreement.supplier.id === who.supplierId) || (who.specialistId !== null && agreement.specialistIds.includes(who.specialistId));
}

/** @throws `platform.not-found` for an agreement of others, as if it were missing. */
export function assertMayReadAgreement(who: Scope, agreement: Named): void {
  if (!mayReadAgreement(who, agreement)) throw new DomainError('platform.not-found');
}

/** A supplier without another role sees the specialists who are engaged through it; specialists know their colleagues. */
export function mayMeetSpecialist(who: Scope, specialist: { readonly id: string; readonly supplierId: string }): boolean {
  return !deliversOnly(who) || who.roles.includes('specialist') || specialist.supplierId === who.supplierId;
}
