import { Injectable } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { passwordFault, type PasswordOwner } from '@fairshare/domain/identity';
import argon2 from 'argon2';
import { isCommonPassword } from './common-passwords.js';

const settings = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** argon2id with OWASP's parameters: 19 MiB, two passes. */
@Injectable()
export class Passwords {
  readonly #stranger = argon2.hash('nobody has this password', settings);

  /** For passwords that people choose. @throws `identity.password-common`, `identity.password-own-name`. */
  choose(password: string, owner: PasswordOwner): Promise<string> {
    const fault = passwordFault(password, owner, isCommonPassword);
    if (fault) throw new DomainError(fault);
    return this.hash(password);
  }

  hash(password: string): Promise<string> {
    return argon2.hash(password, settings);
  }

  /** Does the same work when there is no such account, so that the time says nothing about who exists. */
  async matches(hash: string | null | undefined, password: string): Promise<boolean> {
    const right = await argon2.verify(hash ?? (await this.#stranger), password);
    return right && Boolean(hash);
  }
}
