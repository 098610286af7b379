import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { systemScope } from '../platform/actor.js';
import { Database } from '../platform/database.js';
import { Limits, type Limit } from '../platform/limits.js';
import { Trail } from '../platform/trail.js';

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
  readonly #database: Database;
  readonly #limits: Limits;
  readonly #trail: Trail;

  constructor(database: Database, limits: Limits, trail: Trail) {
    this.#database = database;
    this.#limits = limits;
    this.#trail = trail;
  }

  /** Counts one try of each. @throws `platform.too-many` when either had none left. */
  async count(kind: TryKind, account: string, address: string | null): Promise<void> {
    const { ofAccount, ofAddress } = limitsOf(kind);
    await this.#limits.spend(ofAccount, keyOf(account));
    await this.#limits.spend(ofAddress, address ?? 'unknown');
  }

  /**
   * Says in the trail that a try to sign in was refused: whose account it was, or that nobody has such a one. What was typed
   * is not kept, and one line is written whoever exists, so that the time taken tells nothing.
   */
  async refused(by: 'password' | 'second-factor', userId: string | null): Promise<void> {
    const house = systemScope([]);
    await this.#database.read(house, (tx) => this.#trail.record(tx, house, { action: 'identity.sign-in-refused', collaborationId: null, subjectKind: 'user', subjectId: userId ?? 'unknown', after: { by } }));
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
