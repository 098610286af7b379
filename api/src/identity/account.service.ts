import { Injectable } from '@nestjs/common';
import type { Account, ChangePassword, OwnName } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Actor } from '../platform/actor.js';
import { OwnChanges } from './own-changes.js';
import { Passkeys } from './passkeys.js';
import { Passwords } from './passwords.js';
import { SecondFactors } from './second-factors.js';
import { endSessions } from './sessions.js';
import { UserStore } from './user-store.js';

/** What people see and change about themselves. */
@Injectable()
export class AccountService {
  readonly #changes: OwnChanges;
  readonly #factors: SecondFactors;
  readonly #passkeys: Passkeys;
  readonly #passwords: Passwords;
  readonly #users: UserStore;

  constructor(changes: OwnChanges, factors: SecondFactors, passkeys: Passkeys, passwords: Passwords, users: UserStore) {
    this.#changes = changes;
    this.#factors = factors;
    this.#passkeys = passkeys;
    this.#passwords = passwords;
    this.#users = users;
  }

  async read(actor: Actor): Promise<Account> {
    const { userId, name, email, needsSecondFactor } = actor;
    const [user, factors, passkeys, outsideAccounts] = await Promise.all([
      this.#users.activeById(userId), this.#factors.of(userId), this.#passkeys.list(userId), this.#users.outsideAccountsOf(userId),
    ]);
    const { authenticator, recoveryCodesLeft } = factors;
    return { name, email, hasPassword: Boolean(user?.passwordHash), authenticator, passkeys, outsideAccounts, recoveryCodesLeft, needsSecondFactor };
  }

  rename(actor: Actor, { name }: OwnName): Promise<void> {
    return this.#changes.make(actor, 'identity.renamed', (tx) => this.#users.setName(tx, actor.userId, name));
  }

  /**
   * Whoever signed in with the password so far is signed out: it may be the reason for the change.
   * @throws `identity.wrong-current-password`, `identity.password-common`, `identity.password-own-name`.
   */
  async changePassword(actor: Actor, wanted: ChangePassword): Promise<void> {
    const user = await this.#users.activeById(actor.userId);
    if (user?.passwordHash && !(await this.#passwords.matches(user.passwordHash, wanted.current ?? ''))) {
      throw new DomainError('identity.wrong-current-password');
    }
    const hash = await this.#passwords.choose(wanted.password, await this.#users.readable(actor));
    await this.#changes.make(actor, 'identity.password-changed', async (tx) => {
      await this.#users.setPassword(tx, actor.userId, hash);
      await endSessions(tx, actor.userId, actor.sessionId);
    });
  }
}
