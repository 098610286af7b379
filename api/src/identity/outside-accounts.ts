import { Injectable } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Actor } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { OwnChanges } from './own-changes.js';
import type { Outsider } from './providers.js';

/** Which account at a provider is whose. */
@Injectable()
export class OutsideAccounts {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #changes: OwnChanges;

  constructor(database: Database, clock: Clock, changes: OwnChanges) {
    this.#database = database;
    this.#clock = clock;
    this.#changes = changes;
  }

  /** @returns whose account it is, by issuer and subject; an e-mail ties nobody. */
  async ownerOf({ issuer, subject }: Outsider): Promise<string | undefined> {
    const [row] = await this.#database.plain<{ user_id: string }>(
      'update outside_account set last_used_at = $3 where issuer = $1 and subject = $2 returning user_id',
      [issuer, subject, this.#clock.now()],
    );
    return row?.user_id;
  }

  /** @throws `identity.outside-account-taken` when it is somebody else's, or the person has another one there. */
  async tie(tx: Tx, userId: string, provider: string, { issuer, subject }: Outsider): Promise<void> {
    await sql(
      tx,
      'insert into outside_account (issuer, subject, user_id, provider, tied_at) values ($1, $2, $3, $4, $5) on conflict do nothing',
      [issuer, subject, userId, provider, this.#clock.now()],
    );
    const [mine] = await sql(tx, 'select 1 from outside_account where issuer = $1 and subject = $2 and user_id = $3', [issuer, subject, userId]);
    if (!mine) throw new DomainError('identity.outside-account-taken');
  }

  tieOwn(actor: Actor, provider: string, outsider: Outsider): Promise<void> {
    return this.#changes.make(actor, 'identity.outside-account-tied', (tx) => this.tie(tx, actor.userId, provider, outsider));
  }

  /** @throws `identity.last-way-in` when nothing else would sign this person in. */
  untie(actor: Actor, provider: string): Promise<void> {
    return this.#changes.make(actor, 'identity.outside-account-untied', async (tx) => {
      const gone = await sql(tx, 'delete from outside_account where user_id = $1 and provider = $2 returning provider', [actor.userId, provider]);
      if (gone.length === 0) throw new DomainError('platform.not-found');
      const [left] = await sql<{ ways: boolean }>(
        tx,
        `select exists (select from app_user where id = $1 and password_hash is not null) or exists (select from passkey where user_id = $1)
             or exists (select from outside_account where user_id = $1) as ways`,
        [actor.userId],
      );
      if (!left?.ways) throw new DomainError('identity.last-way-in');
    });
  }
}
