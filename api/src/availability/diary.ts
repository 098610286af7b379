import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Scope } from '../platform/actor.js';

/** True for somebody who is here as a specialist and nothing else: their reach is their own diary. */
export function isSpecialistOnly(who: Scope): boolean {
  return who.roles.length > 0 && who.roles.every((role) => role === 'specialist');
}

/** @throws `identity.not-allowed` when a specialist reaches for another's diary. */
export function assertOwnDiary(who: Scope, specialistId: string): void {
  if (isSpecialistOnly(who) && who.specialistId !== specialistId) throw new DomainError('identity.not-allowed');
}

/** What a specialist delivers is theirs to read; an agreement that does not name them is as one that is not there. @throws `platform.not-found` */
export function assertDelivers(who: Scope, { specialistIds }: { readonly specialistIds: readonly string[] }): void {
  if (isSpecialistOnly(who) && !(who.specialistId !== null && specialistIds.includes(who.specialistId))) throw new DomainError('platform.not-found');
}
