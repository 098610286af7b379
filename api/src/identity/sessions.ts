import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Role, Session } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { systemScope, type Actor, type Grant } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql } from '../platform/database.js';
import { Limits, type Limit } from '../platform/limits.js';
import { Trail } from '../platform/trail.js';
import { Passwords } from './passwords.js';

const hours = 3_600_000;
/** A session ends after eight idle hours, a working day, and after seven days in any case. */
const idleMs = 8 * hours;
const absoluteMs = 7 * 24 * hours;

/** Wrong tries, by account and by address: a person who forgot gets in, a program that guesses does not. */
const triesOfAccount: Limit = { name: 'sign-in-account', points: 10, seconds: 900 };
const triesOfAddress: Limit = { name: 'sign-in-address', points: 100, seconds: 900 };

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

interface ActorRow {
  user_id: string;
  name: string;
  email: string;
  last_seen_at: Date;
  role: Role | null;
  collaboration_id: string | null;
  school_urn: string | null;
  specialist_id: string | null;
}

/** Signing in, staying in, signing out. */
@Injectable()
export class Sessions {
  readonly #database: Database;
  readonly #passwords: Passwords;
  readonly #clock: Clock;
  readonly #trail: Trail;
  readonly #limits: Limits;

  constructor(database: Database, passwords: Passwords, clock: Clock, trail: Trail, limits: Limits) {
    this.#database = database;
    this.#passwords = passwords;
    this.#clock = clock;
    this.#trail = trail;
    this.#limits = limits;
  }

  /**
   * @returns the secret for the cookie; only its hash is stored.
   * @throws `identity.wrong-credentials`, the same for a wrong password and an unknown e-mail; `platform.too-many`.
   */
  async signIn(email: string, password: string, address: string | null, device: string | null): Promise<{ token: string; actor: Actor }> {
    await this.#checkTries(email, address);
    const [user] = await this.#database.plain<{ id: string; name: string; password_hash: string | null }>(
      'select id, name, password_hash from app_user where email = $1 and active',
      [email],
    );
    const matches = await this.#passwords.matches(user?.password_hash, password);
    if (!user || !matches) {
      await this.#countTry(email, address);
      throw new DomainError('identity.wrong-credentials');
    }
    await this.#limits.forget(triesOfAccount, email.toLowerCase());
    const token = randomBytes(32).toString('base64url');
    const now = this.#clock.now();
    const who = { ...systemScope([]), userId: user.id, name: user.name };
    await this.#database.read(who, async (tx) => {
      await sql(tx, 'delete from session where user_id = $1 and (expires_at < $2 or last_seen_at < $3)', [user.id, now, new Date(now.getTime() - idleMs)]);
      await sql(
        tx,
        'insert into session (token_hash, user_id, created_at, last_seen_at, expires_at, address, device) values ($1, $2, $3, $3, $4, $5, $6)',
        [hashOf(token), user.id, now, new Date(now.getTime() + absoluteMs), address, device],
      );
      await this.#trail.record(tx, who, { action: 'identity.signed-in', collaborationId: null, subjectKind: 'user', subjectId: user.id });
    });
    const actor = await this.actorOf(token);
    if (!actor) throw new Error('A session that was just made is not there.');
    return { token, actor };
  }

  async #checkTries(email: string, address: string | null): Promise<void> {
    await this.#limits.check(triesOfAccount, email.toLowerCase());
    await this.#limits.check(triesOfAddress, address ?? 'unknown');
  }

  async #countTry(email: string, address: string | null): Promise<void> {
    await this.#limits.spend(triesOfAccount, email.toLowerCase());
    await this.#limits.spend(triesOfAddress, address ?? 'unknown');
  }

  /** Who a cookie belongs to, or undefined when it is unknown, idle too long or over. */
  async actorOf(token: string): Promise<Actor | undefined> {
    const now = this.#clock.now();
    const rows = await this.#database.plain<ActorRow>(
      `select u.id as user_id, u.name, u.email, s.last_seen_at, g.role, g.collaboration_id, g.school_urn, g.specialist_id
         from session s join app_user u on u.id = s.user_id and u.active
         left join role_grant g on g.user_id = u.id
        where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3
        order by g.granted_at, g.id`,
      [hashOf(token), now, new Date(now.getTime() - idleMs)],
    );
    const [first] = rows;
    if (!first) return undefined;
    // Seen is written once a minute at most: a page full of requests is one visit.
    if (now.getTime() - first.last_seen_at.getTime() > 60_000) {
      await this.#database.plain('update session set last_seen_at = $2 where token_hash = $1', [hashOf(token), now]);
    }
    return { userId: first.user_id, name: first.name, email: first.email, sessionId: hashOf(token), grants: rows.flatMap(grantOf) };
  }

  async signOut(actor: Actor): Promise<void> {
    await this.#database.plain('delete from session where token_hash = $1', [actor.sessionId]);
  }
}

function grantOf(row: ActorRow): Grant[] {
  if (!row.role) return [];
  return [{ role: row.role, collaborationId: row.collaboration_id, schoolUrn: row.school_urn, specialistId: row.specialist_id }];
}

/** The session as the contract words it: an absent school or collaboration is left out. */
export function sessionOf(actor: Actor): Session {
  return {
    user: { id: actor.userId, email: actor.email, name: actor.name },
    grants: actor.grants.map((g) => ({
      role: g.role,
      ...(g.collaborationId ? { collaborationId: g.collaborationId } : {}),
      ...(g.schoolUrn ? { schoolUrn: g.schoolUrn } : {}),
      ...(g.specialistId ? { specialistId: g.specialistId } : {}),
    })),
  };
}
