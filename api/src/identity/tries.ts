import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Limits, type Limit } from '../platform/limits.js';

/** What is tried, and how often in fifteen minutes: a person who forgot gets in, a program that guesses does not. */
const kinds = {
  password: { account: 10, address: 100 },
  'second-factor': { account: 10, address: 100 },
  reset: { account: 3, address: 20 },
  invitation: { account: 10, address: 50 },
  link: { account: 20, address: 50 },
} as const;

export type TryKind = keyof typeof kinds;

const seconds = 900;
const nameOf: Record<TryKind, string> = { password: 'sign-in', 'second-factor': 'second-factor', reset: 'reset', invitation: 'invitation', link: 'mailed-link' };

/** Tries by account and by address, counted in PostgreSQL over all processes. */
@Injectable()
export class Tries {
  readonly #limits: Limits;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Counts one try of each. @throws `platform.too-many` when either had none left. */
  async count(kind: TryKind, account: string, address: string | null): Promise<void> {
    const { ofAccount, ofAddress } = limitsOf(kind);
    await this.#limits.spend(ofAccount, keyOf(account));
    await this.#limits.spend(ofAddress, address ?? 'unknown');
  }

  /** After a success: the account starts anew, and the address gets this try back. */
  async forget(kind: TryKind, account: string, address: string | null): Promise<void> {
    const { ofAccount, ofAddress } = limitsOf(kind);
    await this.#limits.forget(ofAccount, keyOf(account));
    await this.#limits.giveBack(ofAddress, address ?? 'unknown');
  }
}

/** An address of a person is not written down where only a count is kept. */
const keyOf = (account: string) => createHash('sha256').update(account.toLowerCase()).digest('base64url');

function limitsOf(kind: TryKind): { ofAccount: Limit; ofAddress: Limit } {
  return {
    ofAccount: { name: `${nameOf[kind]}-account`, points: kinds[kind].account, seconds },
    ofAddress: { name: `${nameOf[kind]}-address`, points: kinds[kind].address, seconds },
  };
}
