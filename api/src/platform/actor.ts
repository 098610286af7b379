import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Role } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';

/** A role that somebody holds: over everything, in a collaboration, or at one school of it. */
export interface Grant {
  readonly role: Role;
  readonly collaborationId: string | null;
  readonly schoolUrn: string | null;
  /** Set for the role specialist: whose diary it is. */
  readonly specialistId: string | null;
  /** Set for the role supplier: whose bills they are. */
  readonly supplierId?: string;
}

/** Somebody for whom another person acts while they are away. */
export interface Absentee {
  readonly userId: string;
  readonly name: string;
}

/** Who is signed in. */
export interface Actor {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly sessionId: string;
  /** When they last showed a password, a passkey or a code. */
  readonly provedAt: Date;
  /** Whether signing in took more than a password. */
  readonly secondFactor: boolean;
  /** A school or collaboration of theirs asks for a second factor, and this session showed none. */
  readonly needsSecondFactor: boolean;
  /** For whom they act: the grants are then that person's. */
  readonly onBehalfOf?: Absentee;
  readonly grants: readonly Grant[];
}

/**
 * What the actor may see for the permission of this route. Every query takes it first,
 * so that nobody can forget whose data it is.
 */
export interface Scope {
  readonly userId: string | null;
  readonly name: string;
  /** The collaborations whose rows may be seen; row-level security holds the same list. */
  readonly collaborationIds: readonly string[] | 'every';
  readonly roles: readonly Role[];
  /** Schools whose own records are open: all of the collaboration's, or only these. */
  readonly schoolUrns: 'all' | readonly string[];
  /** The diary that a specialist calls their own. */
  readonly specialistId: string | null;
  /** The supplier whose bills they call their own. */
  readonly supplierId?: string;
  /** For whom a delegate acts: `name` then says both, `by` the delegate alone. */
  readonly onBehalfOf?: Absentee & { readonly by: string };
}

/** The scope of work that no person asked for: a job, a demonstration, an hourly check. */
export function systemScope(collaborationIds: readonly string[] | 'every' = 'every'): Scope {
  return { userId: null, name: 'Fairshare', collaborationIds, roles: [], schoolUrns: 'all', specialistId: null };
}

export function scopeIncludesSchool(scope: Scope, urn: string): boolean {
  return scope.schoolUrns === 'all' || scope.schoolUrns.includes(urn);
}

/** Refuses a role that is held at single schools only, where a thing belongs to the whole collaboration. */
export function assertAllSchools(scope: Scope): void {
  if (scope.schoolUrns !== 'all') throw new DomainError('identity.not-allowed');
}

declare module 'fastify' {
  interface FastifyRequest {
    actor?: Actor;
    scope?: Scope;
  }
}

/** The scope that the guard worked out for this route. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): Scope => {
  const { scope } = context.switchToHttp().getRequest<{ scope?: Scope }>();
  if (!scope) throw new Error('A public route asked who is there.');
  return scope;
});

/** The signed-in person with all their grants; only identity's own routes need it. */
export const SignedIn = createParamDecorator((_: unknown, context: ExecutionContext): Actor | undefined => {
  return context.switchToHttp().getRequest<{ actor?: Actor }>().actor;
});
