import { Injectable } from '@nestjs/common';
import type { NewPasskey, RecoveryCodesShown } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Actor } from '../platform/actor.js';
import { sql, type Tx } from '../platform/database.js';
import { OneTimeCodes } from './one-time-codes.js';
import { OwnChanges } from './own-changes.js';
import { Passkeys } from './passkeys.js';
import { RecoveryCodes } from './recovery-codes.js';
import type { Site } from './site.js';
import { UserStore } from './user-store.js';

/** Setting up and taking away one's own second factors. */
@Injectable()
export class OwnFactors {
  readonly #changes: OwnChanges;
  readonly #codes: OneTimeCodes;
  readonly #recovery: RecoveryCodes;
  readonly #passkeys: Passkeys;
  readonly #users: UserStore;

  constructor(changes: OwnChanges, codes: OneTimeCodes, recovery: RecoveryCodes, passkeys: Passkeys, users: UserStore) {
    this.#changes = changes;
    this.#codes = codes;
    this.#recovery = recovery;
    this.#passkeys = passkeys;
    this.#users = users;
  }

  async beginAuthenticator(actor: Actor): Promise<{ secret: string; uri: string }> {
    const { email } = await this.#users.readable({ email: actor.email });
    return this.#codes.begin(actor.userId, email);
  }

  confirmAuthenticator(actor: Actor, code: string): Promise<RecoveryCodesShown> {
    return this.#added(actor, 'identity.authenticator-added', (tx) => this.#codes.confirm(tx, actor.userId, code));
  }

  removeAuthenticator(actor: Actor): Promise<void> {
    return this.#removed(actor, 'identity.authenticator-removed', (tx) => this.#codes.remove(tx, actor.userId));
  }

  async passkeyOptions(actor: Actor, site: Site) {
    return this.#passkeys.optionsToAdd(await this.#users.readable(actor), site);
  }

  async addPasskey(actor: Actor, wanted: NewPasskey, site: Site): Promise<RecoveryCodesShown> {
    return this.#added(actor, 'identity.passkey-added', await this.#passkeys.made(actor, wanted, site));
  }

  renamePasskey(actor: Actor, id: string, name: string): Promise<void> {
    return this.#changes.make(actor, 'identity.passkey-renamed', (tx) => this.#passkeys.rename(tx, actor.userId, id, name));
  }

  removePasskey(actor: Actor, id: string): Promise<void> {
    return this.#removed(actor, 'identity.passkey-removed', (tx) => this.#passkeys.remove(tx, actor.userId, id));
  }

  /** @throws `identity.no-second-factor` for who has none: the codes stand in for it. */
  newRecoveryCodes(actor: Actor): Promise<RecoveryCodesShown> {
    return this.#changes.make(
      actor,
      'identity.recovery-codes-made',
      async (tx) => {
        if (!(await hasFactor(tx, actor.userId))) throw new DomainError('identity.no-second-factor');
        return { recoveryCodes: await this.#recovery.make(tx, actor.userId) };
      },
      { secret: true },
    );
  }

  /** This browser has shown the new factor; others that never showed one sign in again. */
  #added(actor: Actor, action: string, store: (tx: Tx) => Promise<void>): Promise<RecoveryCodesShown> {
    return this.#changes.make(
      actor,
      action,
      async (tx) => {
        await store(tx);
        await sql(tx, 'update session set second_factor = true where id = $1', [actor.sessionId]);
        await sql(tx, 'delete from session where user_id = $1 and not second_factor', [actor.userId]);
        return { recoveryCodes: (await this.#recovery.makeUnlessThere(tx, actor.userId)) ?? null };
      },
      { secret: true },
    );
  }

  /** @throws `identity.second-factor-required` for the last one of somebody whose school asks for one. */
  #removed(actor: Actor, action: string, take: (tx: Tx) => Promise<void>): Promise<void> {
    return this.#changes.make(actor, action, async (tx) => {
      await take(tx);
      if (await hasFactor(tx, actor.userId)) return;
      const [asked] = await sql<{ needed: boolean }>(tx, 'select second_factor_is_needed($1) as needed', [actor.userId]);
      if (asked?.needed) throw new DomainError('identity.second-factor-required');
      await this.#recovery.remove(tx, actor.userId);
    });
  }
}

async function hasFactor(tx: Tx, userId: string): Promise<boolean> {
  const [row] = await sql<{ there: boolean }>(
    tx,
    `select exists (select from totp where user_id = $1 and confirmed_at is not null) or exists (select from passkey where user_id = $1) as there`,
    [userId],
  );
  return row?.there ?? false;
}
