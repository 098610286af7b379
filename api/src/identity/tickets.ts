import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';

const hours = 60;

/** How long each kind waits, in minutes. */
const minutesOf = {
  'second-factor': 10,
  passkey: 5,
  'new-passkey': 10,
  provider: 15,
  reset: 60,
  invitation: 7 * 24 * hours,
} as const;

export type TicketKind = keyof typeof minutesOf;

export interface Ticket {
  readonly userId: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');

/** Things begun that are finished once: kept in PostgreSQL, so that any process can finish what another began. */
@Injectable()
export class Tickets {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** @returns the secret that finishes it; only its hash is stored. */
  give(kind: TicketKind, ticket: Ticket): Promise<string> {
    return this.#give((text, values) => this.#database.plain(text, values), kind, ticket);
  }

  /** The same in a transaction; `alone` withdraws the person's earlier ones of this kind. */
  async giveIn(tx: Tx, kind: TicketKind, ticket: Ticket, alone = false): Promise<string> {
    if (alone) await this.withdraw(tx, kind, ticket.userId as string);
    return this.#give((text, values) => sql(tx, text, values), kind, ticket);
  }

  async withdraw(tx: Tx, kind: TicketKind, userId: string): Promise<void> {
    await sql(tx, 'delete from ticket where user_id = $1 and kind = $2', [userId, kind]);
  }

  /** Looks without using it up. */
  async look(kind: TicketKind, secret: string): Promise<Ticket | undefined> {
    const [found] = await this.#database.plain<Ticket>(
      'select user_id as "userId", facts from ticket where token_hash = $1 and kind = $2 and expires_at > $3',
      [hashOf(secret), kind, this.#clock.now()],
    );
    return found;
  }

  /** Uses it up: of two that come at once, one gets it. */
  async take(kind: TicketKind, secret: string): Promise<Ticket | undefined> {
    const rows = await this.#database.plain<Ticket & { expires_at: Date }>(
      'delete from ticket where token_hash = $1 and kind = $2 returning user_id as "userId", facts, expires_at',
      [hashOf(secret), kind],
    );
    return rows.find(({ expires_at }) => expires_at > this.#clock.now());
  }

  async #give(run: (text: string, values: readonly unknown[]) => Promise<unknown>, kind: TicketKind, { userId, facts }: Ticket): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    const now = this.#clock.now().getTime();
    // What nobody finished goes with the next that begins.
    await run('delete from ticket where expires_at < $1', [new Date(now - 24 * hours * 60_000)]);
    await run('insert into ticket (token_hash, kind, user_id, facts, expires_at) values ($1, $2, $3, $4, $5)', [
      hashOf(secret), kind, userId, JSON.stringify(facts), new Date(now + minutesOf[kind] * 60_000),
    ]);
    return secret;
  }
}
