import { Injectable } from '@nestjs/common';
import argon2 from 'argon2';

const settings = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** argon2id with OWASP's parameters: 19 MiB, two passes. */
@Injectable()
export class Passwords {
  readonly #stranger = argon2.hash('nobody has this password', settings);

  hash(password: string): Promise<string> {
    return argon2.hash(password, settings);
  }

  /** Does the same work when there is no such account, so that the time says nothing about who exists. */
  async matches(hash: string | null | undefined, password: string): Promise<boolean> {
    const right = await argon2.verify(hash ?? (await this.#stranger), password);
    return right && Boolean(hash);
  }
}
