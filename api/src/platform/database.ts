import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { DataSource, QueryFailedError, type EntityManager } from 'typeorm';
import type { Scope } from './actor.js';
import { currentRequest, type RequestContext } from './request-context.js';

/** One transaction with the scope of who acts; the only way to the tables. */
export type Tx = EntityManager;

/** Rows of a statement, whatever TypeORM wraps them in (`UPDATE … RETURNING` comes as rows and count). */
export async function sql<Row>(tx: Tx, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  const answer: unknown = await tx.query(text, [...values]);
  if (Array.isArray(answer) && answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number') return answer[0] as Row[];
  return answer as Row[];
}

const tries = 3;
/** Deadlock and failed serialisation: the same work may succeed at once. */
const retried = new Set(['40001', '40P01']);

const sqlState = (error: unknown) => (error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined);

@Injectable()
export class Database {
  readonly #source: DataSource;

  constructor(@InjectDataSource() source: DataSource) {
    this.#source = source;
  }

  /** For reading: one snapshot, seen through row-level security. */
  read<T>(who: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#attempt(who, work);
  }

  /**
   * For changing: all or nothing. With an Idempotency-Key the answer is kept in the same transaction,
   * so that a repeated request gets the first answer and has no second effect.
   */
  write<T>(who: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    const request = currentRequest();
    if (!request?.idempotencyKey || request.idempotencyUsed || !who.userId) return this.#attempt(who, work);
    request.idempotencyUsed = true;
    return this.#attempt(who, (tx) => once(tx, who.userId as string, request, () => work(tx)));
  }

  /** Runs a statement outside any scope: only for tables without a collaboration. */
  plain<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return sql<Row>(this.#source.manager, text, values);
  }

  async #attempt<T>(who: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#source.transaction(async (tx) => {
          await setContext(tx, who);
          return work(tx);
        });
      } catch (error) {
        if (attempt >= tries || !retried.has(sqlState(error) ?? '')) throw error;
        await pause(20 * attempt);
      }
    }
  }
}

/** Row-level security reads these; without them no row of any collaboration is seen. */
async function setContext(tx: Tx, who: Scope): Promise<void> {
  const collaborations = who.collaborationIds === 'every' ? '*' : who.collaborationIds.join(',');
  await tx.query(`select set_config('app.collaborations', $1, true), set_config('app.user', $2, true)`, [collaborations, who.userId ?? '']);
}

async function once<T>(tx: Tx, userId: string, request: RequestContext, work: () => Promise<T>): Promise<T> {
  const bodyHash = createHash('sha256').update(JSON.stringify(request.body ?? null)).digest('hex');
  const key = [userId, request.route, request.idempotencyKey];
  let inserted: unknown[];
  try {
    // A second request with the same key waits here until the first has committed or failed.
    inserted = await sql(
      tx,
      `insert into idempotency_key (user_id, route, key, body_hash) values ($1, $2, $3, $4) on conflict do nothing returning key`,
      [...key, bodyHash],
    );
  } catch (error) {
    if (sqlState(error) === '55P03') throw new DomainError('idempotency.in-flight');
    throw error;
  }
  if (inserted.length === 0) return replay<T>(tx, key, bodyHash);
  const answer = await work();
  await tx.query(`update idempotency_key set answer = $4 where user_id = $1 and route = $2 and key = $3`, [...key, JSON.stringify(answer ?? null)]);
  return answer;
}

async function replay<T>(tx: Tx, key: unknown[], bodyHash: string): Promise<T> {
  const [kept] = await sql<{ body_hash: string; answer: T }>(
    tx,
    `select body_hash, answer from idempotency_key where user_id = $1 and route = $2 and key = $3`,
    key,
  );
  if (kept?.body_hash !== bodyHash) throw new DomainError('idempotency.body-differs');
  return kept.answer;
}
