import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PgBoss, type Job, type JobResult, type QueueOptions } from 'pg-boss';
import { CONFIG, type Config } from './config.js';
import { sessionOptions, type Connection } from './data-source.js';
import { sql, type Tx } from './database.js';

export const CONNECTION = Symbol('connection');

export interface JobKind<T extends object> {
  readonly name: string;
  readonly shape?: T;
}

/**
 * A worker that lives says so twice within `heartbeatSeconds`; one that was killed falls silent, and whoever looks
 * every `watchSeconds` gives its job to another: within half a minute, where waiting for the job to expire takes fifteen.
 */
const usual: QueueOptions = { retryLimit: 5, retryDelay: 2, retryBackoff: true, expireInSeconds: 900, heartbeatSeconds: 20 };
const watchSeconds = 5;

const kinds = new Map<string, QueueOptions>();

/** Declares a queue; migrations create it, since the program's own role may not. */
export function jobKind<T extends object>(name: string, options: QueueOptions = {}): JobKind<T> {
  kinds.set(name, { ...usual, ...options });
  return { name };
}

export function jobKinds(): ReadonlyMap<string, QueueOptions> {
  return kinds;
}

/** So many are taken at once, one after the other; while there are as many again nobody pauses. */
const batchSize = 5;

/** Each job stands or falls by itself. */
async function inTurn(jobs: readonly Job<object>[], worker: (data: object) => Promise<void>): Promise<JobResult[]> {
  const results: JobResult[] = [];
  for (const { id, data } of jobs) {
    const failed = await worker(data).then(() => undefined, (error: unknown) => (error instanceof Error ? error.message : String(error)));
    results.push(failed === undefined ? { id, status: 'completed' } : { id, status: 'failed', output: { message: failed } });
  }
  return results;
}

/** Background work in PostgreSQL: a job is stored in the transaction that caused it and outlives a killed process. */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #log = new Logger('Jobs');
  readonly #config: Config;
  readonly #boss: PgBoss;
  readonly #workers = new Map<string, (data: object) => Promise<void>>();
  readonly #rounds = new Map<string, number>();
  readonly #timers: NodeJS.Timeout[] = [];
  #running = false;

  constructor(@Inject(CONFIG) config: Config, @Inject(CONNECTION) connection: Connection) {
    this.#config = config;
    this.#boss = new PgBoss({
      connectionString: connection.url,
      options: sessionOptions(connection),
      max: 4,
      migrate: false,
      createSchema: false,
      reindex: false,
      monitorVacuum: false,
      schedule: false,
      superviseIntervalSeconds: watchSeconds,
      monitorIntervalSeconds: watchSeconds,
    });
    this.#boss.on('error', (error) => this.#log.warn(error.message));
  }

  get running(): boolean {
    return this.#running;
  }

  /** Rooms say in `onModuleInit` what they do for a kind of job. */
  work<T extends object>(kind: JobKind<T>, worker: (data: T) => Promise<void>): void {
    this.#workers.set(kind.name, worker as (data: object) => Promise<void>);
  }

  /** Work that comes round by itself: every worker asks for it, and the queue takes one of each period. */
  every(seconds: number, kind: JobKind<object>, worker: () => Promise<void>): void {
    this.work(kind, worker);
    this.#rounds.set(kind.name, seconds);
  }

  /** Stores a job together with the business row that wants it done. */
  async send<T extends object>(tx: Tx, kind: JobKind<T>, data: T): Promise<void> {
    const db = { executeSql: async (text: string, values?: unknown[]) => ({ rows: await sql(tx, text, values) }) };
    await this.#boss.send(kind.name, data, { ...kinds.get(kind.name), db });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#boss.start();
    this.#running = true;
    if (!this.#config.worksJobs) return;
    for (const [name, worker] of this.#workers) {
      await this.#boss.work(name, { pollingIntervalSeconds: 0.5, batchSize, burstWhenBatchFull: true, perJobResults: true }, (jobs: Job<object>[]) => inTurn(jobs, worker));
    }
    for (const [name, seconds] of this.#rounds) {
      const ask = () => this.#boss.send(name, {}, { ...kinds.get(name), singletonKey: name, singletonSeconds: seconds }).catch((error: unknown) => this.#log.warn(String(error)));
      await ask();
      this.#timers.push(setInterval(() => void ask(), Math.min(seconds, 60) * 1000).unref());
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#boss.stop({ graceful: true, timeout: 5000 });
  }
}
