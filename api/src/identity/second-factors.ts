import { Injectable } from '@nestjs/common';
import type { FactorKind } from '@fairshare/contract/identity';
import { meantOneTimeCode } from '@fairshare/domain/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { Database } from '../platform/database.js';
import { OneTimeCodes } from './one-time-codes.js';
import { RecoveryCodes } from './recovery-codes.js';
import { Tries } from './tries.js';

export interface Factors {
  readonly authenticator: boolean;
  readonly passkeys: number;
  readonly recoveryCodesLeft: number;
}

/** What somebody has besides a password, and whether a code that they typed is right. */
@Injectable()
export class SecondFactors {
  readonly #database: Database;
  readonly #codes: OneTimeCodes;
  readonly #recovery: RecoveryCodes;
  readonly #tries: Tries;

  constructor(database: Database, codes: OneTimeCodes, recovery: RecoveryCodes, tries: Tries) {
    this.#database = database;
    this.#codes = codes;
    this.#recovery = recovery;
    this.#tries = tries;
  }

  async of(userId: string): Promise<Factors> {
    const [row] = await this.#database.plain<Factors>(
      `select exists (select from totp where user_id = $1 and confirmed_at is not null) as authenticator,
              (select count(*)::int from passkey where user_id = $1) as passkeys,
              (select count(*)::int from recovery_code where user_id = $1 and used_at is null) as "recoveryCodesLeft"`,
      [userId],
    );
    return row as Factors;
  }

  /** The ways in which somebody can take the second step; none for who has no second factor. */
  async waysOf(userId: string): Promise<FactorKind[]> {
    const { authenticator, passkeys, recoveryCodesLeft } = await this.of(userId);
    if (!authenticator && passkeys === 0) return [];
    return [...(passkeys > 0 ? ['passkey' as const] : []), ...(authenticator ? ['authenticator' as const] : []), ...(recoveryCodesLeft > 0 ? ['recovery-code' as const] : [])];
  }

  /**
   * A code of the authenticator, or a recovery code; a try is counted before it is looked at.
   * @throws `identity.wrong-code`, also for a code that was used before; `platform.too-many`.
   */
  async check(userId: string, typed: string, address: string | null): Promise<void> {
    await this.#tries.count('second-factor', userId, address);
    const right = meantOneTimeCode(typed) ? await this.#codes.use(userId, typed) : await this.#recovery.use(userId, typed);
    if (!right) {
      await this.#tries.refused('second-factor', userId);
      throw new DomainError('identity.wrong-code');
    }
    await this.#tries.forget('second-factor', userId, address);
  }
}
