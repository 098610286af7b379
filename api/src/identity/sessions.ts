import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { KnownSession, Session } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { systemScope, type Actor, type Grant } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Personal } from '../platform/personal.js';
import { Trail } from '../platform/trail.js';
import { UserStore, type GrantRow } from './user-store.js';

const hours = 3_600_000;
/** A session ends after eight idle hours, a working day, and after seven days in any case. */
const idleMs = 8 * hours;
const absoluteMs = 7 * 24 * hours;

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

/** The browser that asks: shown in the list of one's sessions. */
export interface Browser {
  readonly address: string | null;
  readonly device: string | null;
}

/** How somebody proved who they are. */
export interface Proof {
  readonly by: 'password' | 'passkey' | 'provider';
  readonly secondFactor: boolean;
}

/** A session that has just begun: the secret for the cookie, and who it is. */
export interface Begun {
  readonly token: string;
  readonly actor: Actor;
}

interface ListedRow {
  id: string;
  created_at: Date;
  last_seen_at: Date;
  address: string | null;
  device: string | null;
}

/** Staying signed in: beginning, knowing, listing and ending sessions. */
@Injectable()
export class Sessions {
  readonly #database: Database;
  readonly #users: UserStore;
  readonly #clock: Clock;
  readonly #trail: Trail;
  readonly #personal: Personal;

  constructor(database: Database, users: UserStore, clock: Clock, trail: Trail, personal: Personal) {
    this.#database = database;
    this.#users = users;
    this.#clock = clock;
    this.#trail = trail;
    this.#personal = personal;
  }

  /**
   * Begins a session under a new secret; the browser's former one ends, so that nobody goes on with a secret from before.
   * @returns the secret for the cookie; only its hash is stored.
   */
  async begin(userId: string, proof: Proof, browser: Browser, former?: Actor): Promise<Begun> {
    const user = await this.#users.activeById(userId);
    if (!user) throw new DomainError('identity.not-signed-in');
    const token = randomBytes(32).toString('base64url');
    const now = this.#clock.now();
    const who = { ...systemScope([]), userId: user.id, name: user.name };
    await this.#database.read(who, async (tx) => {
      await sql(tx, 'delete from session where id = $3 or (user_id = $1 and (expires_at < $2 or last_seen_at < $4))', [
        user.id, now, former?.sessionId ?? null, new Date(now.getTime() - idleMs),
      ]);
      await sql(
        tx,
        `insert into session (token_hash, id, user_id, created_at, last_seen_at, proved_at, expires_at, address, device, second_factor)
         values ($1, $2, $3, $4, $4, $4, $5, $6, $7, $8)`,
        [hashOf(token), newId(), user.id, now, new Date(now.getTime() + absoluteMs), await this.#personal.sealOrNull(tx, user.id, browser.address),
          await this.#personal.sealOrNull(tx, user.id, browser.device), proof.secondFactor],
      );
      await this.#trail.record(tx, who, { action: 'identity.signed-in', collaborationId: null, subjectKind: 'user', subjectId: user.id, after: proof });
    });
    const actor = await this.actorOf(token);
    if (!actor) throw new Error('A session that was just made is not there.');
    return { token, actor };
  }

  /** Who a cookie belongs to, or undefined when it is unknown, idle too long or over. */
  async actorOf(token: string): Promise<Actor | undefined> {
    const now = this.#clock.now();
    const rows = await this.#users.ofSession(hashOf(token), now, new Date(now.getTime() - idleMs));
    const [first] = rows;
    if (!first) return undefined;
    // Seen is written once a minute at most: a page full of requests is one visit.
    if (now.getTime() - first.last_seen_at.getTime() > 60_000) {
      await this.#database.plain('update session set last_seen_at = $2 where token_hash = $1', [hashOf(token), now]);
    }
    return {
      userId: first.user_id, name: first.name, email: first.email, sessionId: first.session_id,
      provedAt: first.proved_at, secondFactor: first.second_factor, needsSecondFactor: first.factor_asked && !first.second_factor, grants: grantsOfRows(rows),
    };
  }

  async signOut(actor: Actor): Promise<void> {
    await this.#database.plain('delete from session where id = $1', [actor.sessionId]);
  }

  /** The person's own sessions, the one seen last first. */
  async list(actor: Actor): Promise<{ items: KnownSession[] }> {
    const now = this.#clock.now();
    const rows = await this.#database.plain<ListedRow>(
      `select id, created_at, last_seen_at, address, device from session
        where user_id = $1 and expires_at > $2 and last_seen_at > $3 order by last_seen_at desc, id limit 200`,
      [actor.userId, now, new Date(now.getTime() - idleMs)],
    );
    return {
      items: rows.map((row) => ({
        id: row.id, beganAt: row.created_at.toISOString(), lastSeenAt: row.last_seen_at.toISOString(),
        address: row.address, device: row.device, thisOne: row.id === actor.sessionId,
      })),
    };
  }

  /** @throws `platform.not-found` for a session that is not one's own. */
  async end(actor: Actor, sessionId: string): Promise<void> {
    const gone = await this.#database.plain('delete from session where id = $1 and user_id = $2 returning id', [sessionId, actor.userId]);
    if (gone.length === 0) throw new DomainError('platform.not-found');
  }

  async endOthers(actor: Actor): Promise<void> {
    await this.#database.plain('delete from session where user_id = $1 and id <> $2', [actor.userId, actor.sessionId]);
  }
}

/** All of a person's, but when given the one that asks. */
export async function endSessions(tx: Tx, userId: string, except: string | null = null): Promise<void> {
  await sql(tx, 'delete from session where user_id = $1 and id is distinct from $2', [userId, except]);
}

/** A role at a trust becomes one at each of its academies. */
export function grantsOfRows(rows: readonly GrantRow[]): Grant[] {
  return rows.flatMap((row): Grant[] => {
    const { role } = row;
    if (!role) return [];
    const grant = { role, collaborationId: row.collaboration_id, specialistId: row.specialist_id, ...(row.supplier_id ? { supplierId: row.supplier_id } : {}) };
    return (row.trust_urns ?? [row.school_urn]).map((schoolUrn) => ({ ...grant, schoolUrn }));
  });
}

/** The session as the contract words it: an absent school or collaboration is left out. */
export function sessionOf(actor: Actor): Session {
  return {
    user: { id: actor.userId, email: actor.email, name: actor.name },
    ...(actor.onBehalfOf ? { actingFor: actor.onBehalfOf } : {}),
    grants: actor.grants.map((g) => ({
      role: g.role,
      ...(g.collaborationId ? { collaborationId: g.collaborationId } : {}),
      ...(g.schoolUrn ? { schoolUrn: g.schoolUrn } : {}),
      ...(g.specialistId ? { specialistId: g.specialistId } : {}),
    })),
  };
}
