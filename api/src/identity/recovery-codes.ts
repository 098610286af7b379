import { createHash, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { meantRecoveryCode, recoveryAlphabet, recoverySigns, writtenRecoveryCode } from '@fairshare/domain/identity';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';

const howMany = 10;

/** Eighty random bits cannot be found from their hash, so that a slow one would guard nothing more. */
const hashOf = (userId: string, signs: string) => createHash('sha256').update(`${userId}:${signs}`).digest('base64url');

/** Codes on paper, for when the phone is lost: ten, each once. */
@Injectable()
export class RecoveryCodes {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Ten new ones, which are shown only now; the former ones open nothing any more. */
  async make(tx: Tx, userId: string): Promise<string[]> {
    const codes = Array.from({ length: howMany }, () => Array.from({ length: recoverySigns }, () => recoveryAlphabet[randomInt(32)]).join(''));
    await this.remove(tx, userId);
    await sql(tx, 'insert into recovery_code (user_id, code_hash) select $1, unnest($2::text[])', [userId, codes.map((code) => hashOf(userId, code))]);
    return codes.map(writtenRecoveryCode);
  }

  /** The first ones of somebody who has none; undefined for who has some left. */
  async makeUnlessThere(tx: Tx, userId: string): Promise<string[] | undefined> {
    const there = await sql(tx, 'select 1 from recovery_code where user_id = $1 and used_at is null limit 1', [userId]);
    return there.length > 0 ? undefined : this.make(tx, userId);
  }

  async use(userId: string, typed: string): Promise<boolean> {
    const used = await this.#database.plain('update recovery_code set used_at = $3 where user_id = $1 and code_hash = $2 and used_at is null returning user_id', [
      userId, hashOf(userId, meantRecoveryCode(typed)), this.#clock.now(),
    ]);
    return used.length > 0;
  }

  async remove(tx: Tx, userId: string): Promise<void> {
    await sql(tx, 'delete from recovery_code where user_id = $1', [userId]);
  }
}
