import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import pg from 'pg';
import { DataSource, QueryFailedError, type EntityManager, type QueryRunner } from 'typeorm';
import type { Scope } from './actor.js';
import { currentRequest, type RequestContext } from './request-context.js';

/** One transaction with the scope of who acts; the only way to the tables. */
export type Tx = EntityManager;

/**
 * Rows of a statement. It is prepared under a name of its own, so that each connection has it read and planned once
 * and not each time: on a busy machine that is half of what a short statement costs.
 */
export async function sql<Row>(tx: Tx, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  const client = (await tx.queryRunner?.connect()) as pg.ClientBase | undefined;
  if (!client) throw new Error('A statement needs the transaction that it belongs to.');
  return run<Row>(client, text, values);
}

interface Runs {
  query(statement: { text: string; values: unknown[]; name?: string }): Promise<pg.QueryResult>;
}

async function run<Row>(client: Runs, text: string, values: readonly unknown[]): Promise<Row[]> {
  try {
    // Without values it may be several statements, which cannot be prepared.
    const name = values.length > 0 ? nameOf(text) : undefined;
    const { rows } = await client.query({ text, values: [...values], ...(name ? { name } : {}) });
    return rows as Row[];
  } catch (error) {
    throw new QueryFailedError(text, [...values], error as Error);
  }
}

const names = new Map<string, number>();
/** More different texts than the house has statements would be texts that are put together; those are not kept. */
const mostNames = 2000;
/** Grows when a migration has changed what a prepared statement answers: then all are prepared anew. */
let generation = 0;

function nameOf(text: string): string | undefined {
  let number = names.get(text);
  if (number === undefined && names.size < mostNames) names.set(text, (number = names.size));
  return number === undefined ? undefined : `s${generation}_${number}`;
}

const tries = 3;
/** Deadlock and failed serialisation: the same work may succeed at once. */
const retried = new Set(['40001', '40P01']);
/** "Cached plan must not change result type": a table has a new column since the statement was prepared. */
const planIsOld = '0A000';

const sqlState = (error: unknown) => (error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined);

@Injectable()
export class Database {
  readonly #source: DataSource;

  constructor(@InjectDataSource() source: DataSource) {
    this.#source = source;
  }

  /** For reading, through row-level security; each statement sees what is committed when it begins. */
  read<T>(who: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#attempt(who, work);
  }

  /** For reading what has to add up: every statement sees the same moment, whatever is written meanwhile. Nothing can be written in it. */
  snapshot<T>(who: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#again(() => this.#transaction(who, work, 'begin isolation level repeatable read read only'));
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
    return this.#again(() => run<Row>((this.#source.driver as unknown as { master: pg.Pool }).master, text, values));
  }

  #attempt<T>(who: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#again(() => this.#transaction(who, work));
  }

  async #again<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const state = sqlState(error) ?? '';
        if (state === planIsOld) generation += 1;
        if (attempt >= tries || !(retried.has(state) || state === planIsOld)) throw error;
        await pause(20 * attempt);
      }
    }
  }

  async #transaction<T>(who: Scope, work: (tx: Tx) => Promise<T>, how = 'begin'): Promise<T> {
    const runner = this.#source.createQueryRunner();
    try {
      await begin(runner, who, how);
      const answer = await work(runner.manager);
      await runner.query('commit');
      return answer;
    } catch (error) {
      // The first error counts, also when the connection that it happened on is gone.
      await runner.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/** Begins and says who acts in one journey to the database; row-level security reads it, and sees no row without it. */
async function begin(runner: QueryRunner, who: Scope, how: string): Promise<void> {
  const collaborations = who.collaborationIds === 'every' ? '*' : who.collaborationIds.join(',');
  const [those, user] = [collaborations, who.userId ?? ''].map((text) => pg.escapeLiteral(text));
  await runner.query(`${how}; select set_config('app.collaborations', ${those}, true), set_config('app.user', ${user}, true)`);
  (runner as { isTransactionActive: boolean }).isTransactionActive = true;
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
  await sql(tx, `update idempotency_key set answer = $4 where user_id = $1 and route = $2 and key = $3`, [...key, JSON.stringify(answer ?? null)]);
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
