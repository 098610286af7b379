import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Role } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { freshMinutes, provedRecently } from '@fairshare/domain/identity';
import type { FastifyRequest } from 'fastify';
import type { Actor, Grant, Scope } from './actor.js';
import { Clock } from './clock.js';

const ALLOW = 'fairshare:allow';
const FRESH = 'fairshare:fresh';
const BEFORE_FACTOR = 'fairshare:before-second-factor';

/** Permissions of the house: each room declares its own and the roles that hold them. */
export type Permissions = Readonly<Record<string, readonly Role[]>>;

const declared = new Map<string, readonly Role[]>();

/** A room declares its permissions beside its controller; a name can be declared once only. */
export function declarePermissions<const P extends Permissions>(permissions: P): P {
  for (const [name, roles] of Object.entries(permissions)) {
    const before = declared.get(name);
    if (before && before !== roles) throw new Error(`The permission ${name} is declared twice.`);
    declared.set(name, roles);
  }
  return permissions;
}

/** Opens a route to the roles that hold the permission. A route without it is closed to everybody. */
export const Allow = (permission: string) => SetMetadata(ALLOW, permission);

/** Opens a route to everybody who is signed in, whatever their role. */
export const AllowSignedIn = () => SetMetadata(ALLOW, 'signed-in');

/** Opens a route to everybody, signed in or not. */
export const AllowPublic = () => SetMetadata(ALLOW, 'public');

interface Freshness {
  /** Absent: always. */
  readonly field?: string;
  /** What is taken back with a null needs no recent sign-in. */
  readonly exceptNull?: boolean;
}

/**
 * Asks for a recent sign-in, beside `@Allow`: for roles, bank details, exports, mails with links that work once, and acting
 * for somebody else. With a field it is asked only when the body holds that field: `@Fresh('bankDetails')`.
 */
export const Fresh = (field?: string, { exceptNull = false } = {}) => SetMetadata(FRESH, { ...(field ? { field } : {}), exceptNull } satisfies Freshness);

/** Leaves a controller open to somebody who has yet to set up the second factor that is asked of them. */
export const BeforeSecondFactor = () => SetMetadata(BEFORE_FACTOR, true);

export function permissionOf(target: object): string | undefined {
  return Reflect.getMetadata(ALLOW, target) as string | undefined;
}

/** True, or the field of the body with which a recent sign-in is asked for. */
export function freshOf(target: object): true | string | undefined {
  const fresh = Reflect.getMetadata(FRESH, target) as Freshness | undefined;
  return fresh && (fresh.field ?? true);
}

export function rolesOf(permission: string): readonly Role[] {
  const roles = declared.get(permission);
  if (!roles) throw new Error(`No room declares the permission ${permission}.`);
  return roles;
}

/** Denies by default: a route opens only through a permission, and what is foreign looks like missing. */
@Injectable()
export class AllowGuard implements CanActivate {
  readonly #reflector: Reflector;
  readonly #clock: Clock;

  constructor(reflector: Reflector, clock: Clock) {
    this.#reflector = reflector;
    this.#clock = clock;
  }

  canActivate(context: ExecutionContext): boolean {
    const permission = this.#reflector.get<string | undefined>(ALLOW, context.getHandler());
    if (permission === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!request.actor) throw new DomainError('identity.not-signed-in');
    if (!permission) throw new DomainError('identity.not-allowed');
    this.#askForSecondFactor(context, request.actor);
    const { collaborationId } = request.params as { collaborationId?: string };
    request.scope = scopeFor(request.actor, permission, collaborationId);
    this.#askForFreshness(context, request, request.actor);
    return true;
  }

  #askForSecondFactor(context: ExecutionContext, actor: Actor): void {
    if (!actor.needsSecondFactor) return;
    const open = this.#reflector.getAllAndOverride<boolean | undefined>(BEFORE_FACTOR, [context.getHandler(), context.getClass()]);
    if (!open) throw new DomainError('identity.second-factor-needed');
  }

  /** A cookie that was left behind or stolen opens no route that changes who may do what, or where money goes. */
  #askForFreshness(context: ExecutionContext, request: FastifyRequest, actor: Actor): void {
    const fresh = this.#reflector.get<Freshness | undefined>(FRESH, context.getHandler());
    if (!fresh || provedRecently(actor.provedAt, this.#clock.now())) return;
    const body = request.body as Record<string, unknown> | null | undefined;
    const given = fresh.field === undefined ? true : body?.[fresh.field];
    if (given !== undefined && !(fresh.exceptNull && given === null)) throw new DomainError('identity.sign-in-again', { minutes: freshMinutes });
  }
}

/** @throws `platform.not-found` for a foreign collaboration, `identity.not-allowed` for a missing role. */
export function scopeFor(actor: Actor, permission: string, collaborationId: string | undefined): Scope {
  if (permission === 'signed-in') return scopeOf(actor, actor.grants);
  const roles = rolesOf(permission);
  const near = collaborationId ? actor.grants.filter((g) => reaches(g, collaborationId, roles)) : actor.grants;
  if (collaborationId && near.length === 0) throw new DomainError('platform.not-found');
  const held = near.filter((g) => roles.includes(g.role));
  if (held.length === 0) throw new DomainError('identity.not-allowed');
  return scopeOf(actor, held, collaborationId);
}

/** An administrator stands above collaborations but enters one only where the permission names the role. */
function reaches(grant: Grant, collaborationId: string, roles: readonly Role[]): boolean {
  if (grant.collaborationId === collaborationId) return true;
  return grant.collaborationId === null && roles.includes(grant.role);
}

function scopeOf(actor: Actor, grants: readonly Grant[], collaborationId?: string): Scope {
  const ids = grants.flatMap((g) => (g.collaborationId ? [g.collaborationId] : []));
  // A specialist's reach is their own diary, not the schools of the collaboration.
  const overSchools = grants.filter((g) => g.role !== 'specialist');
  const overAll = overSchools.some((g) => g.schoolUrn === null);
  const supplierId = grants.find((g) => g.supplierId)?.supplierId;
  return {
    userId: actor.userId,
    name: actor.onBehalfOf ? `${actor.name} for ${actor.onBehalfOf.name}` : actor.name,
    collaborationIds: collaborationId ? [collaborationId] : [...new Set(ids)],
    roles: [...new Set(grants.map((g) => g.role))],
    schoolUrns: overAll ? 'all' : [...new Set(overSchools.flatMap((g) => (g.schoolUrn ? [g.schoolUrn] : [])))],
    specialistId: grants.find((g) => g.specialistId)?.specialistId ?? null,
    ...(supplierId ? { supplierId } : {}),
    ...(actor.onBehalfOf ? { onBehalfOf: { ...actor.onBehalfOf, by: actor.name } } : {}),
  };
}
