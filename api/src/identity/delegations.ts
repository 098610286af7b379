import { Injectable } from '@nestjs/common';
import type { Delegations as Shown, NewDelegation } from '@fairshare/contract/delegations';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { systemScope, type Actor } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { grantsOfRows } from './sessions.js';
import { UserStore } from './user-store.js';

interface Row {
  id: string;
  userId: string;
  name: string;
  from: string;
  until: string;
  now: boolean;
  given: boolean;
}

const scopeOf = (actor: Actor) => ({ ...systemScope([]), userId: actor.userId, name: actor.name });

/** Acting for somebody who is away: with their roles, under one's own name, and the trail names both. */
@Injectable()
export class Delegations {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #trail: Trail;
  readonly #users: UserStore;

  constructor(clock: Clock, database: Database, trail: Trail, users: UserStore) {
    this.#clock = clock;
    this.#database = database;
    this.#trail = trail;
    this.#users = users;
  }

  async list(actor: Actor): Promise<Shown> {
    const rows = await this.#database.plain<Row>(
      `select d.id, u.id as "userId", u.name, d.from_on as "from", d.until_on as "until", d.from_on <= $2 as "now", d.from_user_id = $1 as given
         from delegation d join app_user u on u.id = case when d.from_user_id = $1 then d.to_user_id else d.from_user_id end
        where (d.from_user_id = $1 or d.to_user_id = $1) and d.ended_at is null and d.until_on >= $2 order by d.from_on, d.id`,
      [actor.userId, this.#clock.today()],
    );
    const part = (given: boolean) => rows.filter((row) => row.given === given).map(({ given: _, ...row }) => row);
    return { given: part(true), received: part(false), actingFor: actor.onBehalfOf ?? null };
  }

  /** @throws `identity.no-such-colleague` for an address nobody has who shares a collaboration, `identity.delegates-end-after-start`. */
  async give(actor: Actor, wanted: NewDelegation): Promise<Shown> {
    if (actor.onBehalfOf) throw new DomainError('identity.not-for-others');
    if (wanted.until < wanted.from || wanted.until < this.#clock.today()) throw new DomainError('identity.delegation-over');
    await this.#database.write(scopeOf(actor), async (tx) => {
      const toUserId = await this.#colleague(tx, actor.userId, wanted.email);
      const id = newId();
      await sql(tx, 'insert into delegation (id, from_user_id, to_user_id, from_on, until_on, created_at) values ($1, $2, $3, $4, $5, $6)', [id, actor.userId, toUserId, wanted.from, wanted.until, this.#clock.now()]);
      await this.#trail.record(tx, scopeOf(actor), { action: 'identity.delegate-named', collaborationId: null, subjectKind: 'user', subjectId: toUserId, after: { delegationId: id, from: wanted.from, until: wanted.until } });
    });
    return this.list(actor);
  }

  /** Either of the two may end it, at once. */
  async end(actor: Actor, delegationId: string): Promise<void> {
    await this.#database.write(scopeOf(actor), async (tx) => {
      const [gone] = await sql<{ to_user_id: string }>(
        tx,
        'update delegation set ended_at = $3 where id = $1 and (from_user_id = $2 or to_user_id = $2) and ended_at is null returning to_user_id',
        [delegationId, actor.userId, this.#clock.now()],
      );
      if (!gone) throw new DomainError('platform.not-found');
      await this.#trail.record(tx, scopeOf(actor), { action: 'identity.delegation-ended', collaborationId: null, subjectKind: 'user', subjectId: gone.to_user_id, before: { delegationId } });
    });
  }

  /**
   * The same person with the roles of whom they act for, as long as that holds today; undefined when it does not. The
   * role of an administrator is never lent.
   */
  async actFor(actor: Actor, fromUserId: string): Promise<Actor | undefined> {
    const [found] = await this.#database.plain<{ id: string; name: string; asked: boolean }>(
      `select u.id, u.name, second_factor_is_needed(u.id) as asked from app_user u
        where u.id = $2 and u.active and exists (
          select from delegation d where d.from_user_id = u.id and d.to_user_id = $1 and d.ended_at is null and d.from_on <= $3 and d.until_on >= $3)`,
      [actor.userId, fromUserId, this.#clock.today()],
    );
    if (!found) return undefined;
    const grants = grantsOfRows(await this.#users.grantsOf(fromUserId)).filter((grant) => grant.collaborationId !== null);
    return { ...actor, grants, needsSecondFactor: actor.needsSecondFactor || (found.asked && !actor.secondFactor), onBehalfOf: { userId: found.id, name: found.name } };
  }

  /** @throws `platform.not-found` when nothing lets them act for that person today. */
  async assertMayActFor(actor: Actor, fromUserId: string): Promise<void> {
    if (!(await this.actFor(actor, fromUserId))) throw new DomainError('platform.not-found');
  }

  async #colleague(tx: Tx, userId: string, email: string): Promise<string> {
    const id = await this.#users.idOf(tx, email);
    const [near] = id && id !== userId
      ? await sql(tx, 'select 1 from grants_of($1) a join grants_of($2) b on b.collaboration_id = a.collaboration_id limit 1', [userId, id])
      : [];
    if (!near) throw new DomainError('identity.no-such-colleague');
    return id as string;
  }
}
