import { Injectable } from '@nestjs/common';
import { meantOneTimeCode } from '@fairshare/domain/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { Secret, TOTP } from 'otpauth';
import { systemScope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Personal } from '../platform/personal.js';

const periodSeconds = 30;

interface Row {
  secret: string;
  last_step: number | null;
}

/** Codes of an authenticator app: six digits, a new one each half minute (RFC 6238). */
@Injectable()
export class OneTimeCodes {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #personal: Personal;

  constructor(database: Database, clock: Clock, personal: Personal) {
    this.#database = database;
    this.#clock = clock;
    this.#personal = personal;
  }

  /** A new secret that counts once its first code was shown; an earlier one goes on counting until then. */
  async begin(userId: string, email: string): Promise<{ secret: string; uri: string }> {
    const secret = new Secret({ size: 20 });
    const sealed = await this.#database.read({ ...systemScope([]), userId }, (tx) => this.#personal.seal(tx, userId, secret.base32));
    await this.#database.plain(
      `insert into totp (user_id, secret, created_at) values ($1, $2, $3)
       on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at, last_step = null where totp.confirmed_at is null`,
      [userId, sealed, this.#clock.now()],
    );
    const [row] = await this.#database.plain<{ secret: string }>('select secret from totp where user_id = $1 and confirmed_at is null', [userId]);
    if (!row) throw new DomainError('identity.has-authenticator');
    const shown = await this.#personal.reveal(row.secret);
    return { secret: shown, uri: totpOf(shown, email).toString() };
  }

  /** @throws `identity.wrong-code`. */
  async confirm(tx: Tx, userId: string, typed: string): Promise<void> {
    const [row] = await sql<Row>(tx, 'select secret, last_step from totp where user_id = $1 and confirmed_at is null for update', [userId]);
    const step = row && this.#stepOf(await this.#personal.reveal(row.secret, tx), typed);
    if (step === undefined) throw new DomainError('identity.wrong-code');
    await sql(tx, 'update totp set confirmed_at = $2, last_step = $3 where user_id = $1', [userId, this.#clock.now(), step]);
  }

  /** Whether the code is right now and was not used before: the database lets its half minute pass once. */
  async use(userId: string, typed: string): Promise<boolean> {
    const [row] = await this.#database.plain<Row>('select secret, last_step from totp where user_id = $1 and confirmed_at is not null', [userId]);
    const step = row && this.#stepOf(await this.#personal.reveal(row.secret), typed);
    if (step === undefined) return false;
    const used = await this.#database.plain(
      'update totp set last_step = $2 where user_id = $1 and confirmed_at is not null and (last_step is null or last_step < $2) returning user_id',
      [userId, step],
    );
    return used.length > 0;
  }

  async remove(tx: Tx, userId: string): Promise<void> {
    await sql(tx, 'delete from totp where user_id = $1', [userId]);
  }

  /** The half minute that a code belongs to: this one, the one before or the one after, for clocks that differ. */
  #stepOf(secret: string, typed: string): number | undefined {
    const token = meantOneTimeCode(typed);
    if (!token) return undefined;
    const timestamp = this.#clock.now().getTime();
    const delta = totpOf(secret, '').validate({ token, timestamp, window: 1 });
    return delta === null ? undefined : TOTP.counter({ period: periodSeconds, timestamp }) + delta;
  }
}

const totpOf = (base32: string, label: string) =>
  new TOTP({ issuer: 'Fairshare', label, secret: Secret.fromBase32(base32), algorithm: 'SHA1', digits: 6, period: periodSeconds });
