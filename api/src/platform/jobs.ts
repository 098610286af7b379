import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PgBoss, type Job } from 'pg-boss';
import { CONFIG, type Config } from './config.js';
import { sessionOptions, type Connection } from './data-source.js';
import type { Tx } from './database.js';

export const CONNECTION = Symbol('connection');

export interface JobKind<T extends object> {
  readonly name: string;
  readonly shape?: T;
}

const kinds = new Set<string>();

/** Declares a queue; migrations create it, since the program's own role may not. */
export function jobKind<T extends object>(name: string): JobKind<T> {
  kinds.add(name);
  return { name };
}

export function jobKinds(): readonly string[] {
  return [...kinds];
}

export const jobOptions = { retryLimit: 5, retryDelay: 2, retryBackoff: true, expireInSeconds: 900 } as const;

/** Background work in PostgreSQL: a job is stored in the transaction that caused it and outlives a killed process. */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #log = new Logger('Jobs');
  readonly #config: Config;
  readonly #boss: PgBoss;
  readonly #workers = new Map<string, (data: object) => Promise<void>>();
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

  /** Stores a job together with the business row that wants it done. */
  async send<T extends object>(tx: Tx, kind: JobKind<T>, data: T): Promise<void> {
    const db = { executeSql: async (text: string, values?: unknown[]) => ({ rows: (await tx.query(text, values)) as unknown[] }) };
    await this.#boss.send(kind.name, data, { ...jobOptions, db });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#boss.start();
    this.#running = true;
    if (!this.#config.worksJobs) return;
    for (const [name, worker] of this.#workers) {
      await this.#boss.work(name, { pollingIntervalSeconds: 0.5 }, async (jobs: Job<object>[]) => {
        for (const job of jobs) await worker(job.data);
      });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    await this.#boss.stop({ graceful: true, timeout: 5000 });
  }
}
