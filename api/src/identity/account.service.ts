import { Injectable } from '@nestjs/common';
import type { ChangePassword, OwnName } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { systemScope, type Actor } from '../platform/actor.js';
import { Database } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import { Passwords } from './passwords.js';
import { Sessions } from './sessions.js';
import { UserStore } from './user-store.js';

const scopeOf = (actor: Actor) => ({ ...systemScope([]), userId: actor.userId, name: actor.name });

/** What people change about themselves. */
@Injectable()
export class AccountService {
  readonly #database: Database;
  readonly #passwords: Passwords;
  readonly #sessions: Sessions;
  readonly #trail: Trail;
  readonly #users: UserStore;

  constructor(database: Database, passwords: Passwords, sessions: Sessions, trail: Trail, users: UserStore) {
    this.#database = database;
    this.#passwords = passwords;
    this.#sessions = sessions;
    this.#trail = trail;
    this.#users = users;
  }

  async rename(actor: Actor, { name }: OwnName): Promise<void> {
    const who = scopeOf(actor);
    await this.#database.write(who, async (tx) => {
      await this.#users.setName(tx, actor.userId, name);
      await this.#trail.record(tx, who, { action: 'identity.renamed', collaborationId: null, subjectKind: 'user', subjectId: actor.userId });
    });
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
    const hash = await this.#passwords.choose(wanted.password, actor);
    const who = scopeOf(actor);
    await this.#database.write(who, async (tx) => {
      await this.#users.setPassword(tx, actor.userId, hash);
      await this.#sessions.endAll(tx, actor.userId, actor.sessionId);
      await this.#trail.record(tx, who, { action: 'identity.password-changed', collaborationId: null, subjectKind: 'user', subjectId: actor.userId });
    });
  }
}
