import { Injectable } from '@nestjs/common';
import type { SignIn as Credentials } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { Passwords } from './passwords.js';
import { Tries } from './tries.js';
import { UserStore, type User } from './user-store.js';

/** Whether a password is right: one answer and one argon2 verification, whoever exists. */
@Injectable()
export class PasswordCheck {
  readonly #passwords: Passwords;
  readonly #tries: Tries;
  readonly #users: UserStore;

  constructor(passwords: Passwords, tries: Tries, users: UserStore) {
    this.#passwords = passwords;
    this.#tries = tries;
    this.#users = users;
  }

  /** A try is counted before it is looked at, so that many at once are no more than many one after another. */
  async checked(shown: Credentials, address: string | null, refusal = 'identity.wrong-credentials'): Promise<User> {
    const { email, password } = await this.#users.readable(shown);
    await this.#tries.count('password', email, address);
    const user = await this.#users.activeByEmail(email);
    const matches = await this.#passwords.matches(user?.passwordHash, password);
    if (!user || !matches) {
      await this.#tries.refused('password', user?.id ?? null);
      throw new DomainError(refusal);
    }
    await this.#tries.forget('password', email, address);
    return user;
  }
}
