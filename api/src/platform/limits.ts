import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from './config.js';

/** How often something may be done: so many points in so many seconds. */
export interface Limit {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

const unlimited = new AsyncLocalStorage<true>();

/** Counted in PostgreSQL, so that every process counts together. */
@Injectable()
export class Limits {
  readonly #config: Config;
  readonly #source: DataSource;
  readonly #limiters = new Map<string, RateLimiterPostgres>();

  constructor(@Inject(CONFIG) config: Config, @InjectDataSource() source: DataSource) {
    this.#config = config;
    this.#source = source;
  }

  /** Work that no person asked for: the demonstration lives a term in a few seconds. */
  unlimited<T>(work: () => Promise<T>): Promise<T> {
    return unlimited.run(true, async () => await work());
  }

  get #isOn(): boolean {
    return this.#config.limits && !unlimited.getStore();
  }

  /** @throws `platform.too-many` when nothing is left; spends nothing. */
  async check(limit: Limit, key: string): Promise<void> {
    if (!this.#isOn) return;
    const spent = await this.#limiter(limit).get(key);
    if (spent && spent.remainingPoints <= 0) throw tooMany(spent);
  }

  /** Spends one point. @throws `platform.too-many` when there was none left. */
  async spend(limit: Limit, key: string): Promise<void> {
    if (!this.#isOn) return;
    try {
      await this.#limiter(limit).consume(key);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) throw tooMany(refusal);
      throw refusal;
    }
  }

  /** Gives one point back, for a try that turned out right. */
  async giveBack(limit: Limit, key: string): Promise<void> {
    if (this.#isOn) await this.#limiter(limit).reward(key);
  }

  /** Gives back all that was spent, after a success. */
  async forget(limit: Limit, key: string): Promise<void> {
    if (this.#isOn) await this.#limiter(limit).delete(key);
  }

  #limiter(limit: Limit): RateLimiterPostgres {
    const there = this.#limiters.get(limit.name);
    if (there) return there;
    const made = new RateLimiterPostgres({
      storeClient: this.#source,
      storeType: 'typeorm',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix: limit.name,
      points: limit.points,
      duration: limit.seconds,
      clearExpiredByTimeout: false,
    });
    this.#limiters.set(limit.name, made);
    return made;
  }
}

function tooMany(spent: RateLimiterRes): DomainError {
  return new DomainError('platform.too-many', { retryAfterSeconds: Math.max(1, Math.ceil(spent.msBeforeNext / 1000)) });
}
