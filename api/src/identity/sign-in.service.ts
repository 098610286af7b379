import { Injectable } from '@nestjs/common';
import type { SignIn as Credentials } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Actor } from '../platform/actor.js';
import { Passwords } from './passwords.js';
import { Sessions, type Browser } from './sessions.js';
import { Tries } from './tries.js';
import { UserStore, type User } from './user-store.js';

/** Signing in. */
@Injectable()
export class SignIn {
  readonly #passwords: Passwords;
  readonly #sessions: Sessions;
  readonly #tries: Tries;
  readonly #users: UserStore;

  constructor(passwords: Passwords, sessions: Sessions, tries: Tries, users: UserStore) {
    this.#passwords = passwords;
    this.#sessions = sessions;
    this.#tries = tries;
    this.#users = users;
  }

  /** @throws `identity.wrong-credentials`, the same for a wrong password and an unknown e-mail; `platform.too-many`. */
  async byPassword(credentials: Credentials, browser: Browser, former?: Actor): Promise<{ token: string; actor: Actor }> {
    const user = await this.#checked(credentials, browser.address);
    return this.#sessions.begin(user, { by: 'password', secondFactor: false }, browser, former);
  }

  /** Proves once more who is there, for what asks for a recent sign-in. @throws `identity.wrong-current-password`. */
  async again(actor: Actor, password: string, browser: Browser): Promise<{ token: string; actor: Actor }> {
    const user = await this.#checked({ email: actor.email, password }, browser.address, 'identity.wrong-current-password');
    return this.#sessions.begin(user, { by: 'password', secondFactor: actor.secondFactor }, browser, actor);
  }

  /** A try is counted before it is looked at, so that many at once are no more than many one after another. */
  async #checked({ email, password }: Credentials, address: string | null, refusal = 'identity.wrong-credentials'): Promise<User> {
    await this.#tries.count('password', email, address);
    const user = await this.#users.activeByEmail(email);
    const matches = await this.#passwords.matches(user?.passwordHash, password);
    if (!user || !matches) throw new DomainError(refusal);
    await this.#tries.forget('password', email, address);
    return user;
  }
}
