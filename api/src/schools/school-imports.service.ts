import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { ImportQuery, ImportReport, ImportStatus } from '@fairshare/contract/schools';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { ImportKind } from '@fairshare/domain/schools';
import { systemScope, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { jobKind, Jobs } from '../platform/jobs.js';
import { newId } from '../platform/new-id.js';
import { answerTo, isPassing } from '../platform/problem.js';
import { Trail } from '../platform/trail.js';
import { RowImport } from './import-rows.js';
import { openNationalFile, type NationalFile } from './national-file.js';
import { lockRegister } from './register.js';

const importSchools = jobKind<{ importId: string }>('schools.import');

interface Waiting {
  kind: ImportKind;
  dryRun: boolean;
  content: Buffer;
}

type StatusRow = Omit<ImportStatus, 'createdAt' | 'startedAt' | 'finishedAt' | 'secondsLeft' | 'report'> & {
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  report: ImportReport | null;
};

const statusColumns = `id, kind, dry_run as "dryRun", file_name as "fileName", state, done, total,
  created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

/** National files on their way into the register: one effect each, made by a job that outlives a killed process. */
@Injectable()
export class SchoolImports implements OnModuleInit, OnApplicationBootstrap {
  readonly #log = new Logger('SchoolImports');
  readonly #database: Database;
  readonly #jobs: Jobs;
  readonly #clock: Clock;
  readonly #trail: Trail;
  readonly #config: Config;

  constructor(database: Database, jobs: Jobs, clock: Clock, trail: Trail, @Inject(CONFIG) config: Config) {
    this.#database = database;
    this.#jobs = jobs;
    this.#clock = clock;
    this.#trail = trail;
    this.#config = config;
  }

  onModuleInit(): void {
    this.#jobs.work(importSchools, ({ importId }) => this.run(importId));
  }

  /** An import whose process was killed is taken up again at the next start, not only when its job expires. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.#config.worksJobs) return;
    const orphans = await this.#database.plain<{ id: string }>(`select id from school_import where state = 'running'`);
    for (const { id } of orphans) this.run(id).catch((error: unknown) => this.#log.warn(String(error)));
  }

  /** Looks at the header at once, so that a wrong file is refused before anything waits for it. */
  async start(who: Scope, query: ImportQuery, file: { name: string; content: Buffer }): Promise<{ id: string }> {
    const { rows } = openNationalFile(file.content, query.kind);
    return this.#database.write(who, async (tx) => {
      const id = newId();
      const stored = await sql(
        tx,
        `insert into school_import (id, kind, dry_run, file_name, content, total, started_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id`,
        [id, query.kind, query.dryRun, file.name.slice(-200), file.content, rows, who.userId, this.#clock.now()],
      );
      if (stored.length === 0) throw new DomainError('schools.import-running');
      await this.#jobs.send(tx, importSchools, { importId: id });
      await this.#trail.record(tx, who, { action: 'schools.import-started', collaborationId: null, subjectKind: 'import', subjectId: id, after: { ...query, fileName: file.name, rows } });
      return { id };
    });
  }

  async status(id: string): Promise<ImportStatus> {
    const [row] = await this.#database.plain<StatusRow>(`select ${statusColumns}, report from school_import where id = $1`, [id]);
    if (!row) throw new DomainError('platform.not-found');
    return this.#statusOf(row);
  }

  /** Newest first, without the reports. */
  async list(page: number, size: number) {
    const rows = await this.#database.plain<StatusRow & { total_imports: number }>(
      `select ${statusColumns}, null as report, count(*) over () as total_imports from school_import order by created_at desc, id desc limit $1 offset $2`,
      [size, (page - 1) * size],
    );
    return { items: rows.map((row) => this.#statusOf(row)), total: rows[0]?.total_imports ?? 0, page, size };
  }

  /** The job: safe to begin again at any time, since everything it does is one transaction. */
  async run(id: string): Promise<void> {
    try {
      await this.#database.write(systemScope([]), (tx) => this.#runOnce(tx, id));
    } catch (error) {
      if (isPassing(error)) throw error;
      const answer = error instanceof DomainError ? answerTo(error) : answerTo(new DomainError('schools.import-broke'));
      if (!(error instanceof DomainError)) this.#log.error(String(error), (error as Error).stack);
      await this.#fail(id, answer.code, answer.detail, Number(answer.facts['row'] ?? 1));
    }
  }

  async #runOnce(tx: Tx, id: string): Promise<void> {
    const [free] = await sql<{ mine: boolean }>(tx, `select pg_try_advisory_xact_lock(hashtext('fairshare:school-import'), hashtext($1)) as mine`, [id]);
    if (!free?.mine) return;
    const [waiting] = await sql<Waiting>(
      tx,
      `select kind, dry_run as "dryRun", content from school_import where id = $1 and state in ('waiting', 'running')`,
      [id],
    );
    if (!waiting) return;
    await lockRegister(tx);
    const file = openNationalFile(waiting.content, waiting.kind);
    await this.#progress(id, 0);
    const report = await this.#bringIn(tx, id, file, waiting);
    await this.#finish(tx, id, 'done', report);
    const { errors: _, ...counts } = report;
    await this.#trail.record(tx, systemScope([]), { action: 'schools.imported', collaborationId: null, subjectKind: 'import', subjectId: id, after: { kind: waiting.kind, dryRun: waiting.dryRun, ...counts } });
  }

  #bringIn(tx: Tx, id: string, file: NationalFile, { kind, dryRun }: Waiting): Promise<ImportReport> {
    return new RowImport(tx, file, { source: kind, dryRun, progress: (rows) => this.#progress(id, rows) }).run();
  }

  /** Progress is told outside the transaction, since the transaction shows nothing before it ends. */
  async #progress(id: string, done: number): Promise<void> {
    await this.#database.plain(
      `update school_import set state = 'running', done = $2, started_at = coalesce(started_at, $3) where id = $1 and state in ('waiting', 'running')`,
      [id, done, this.#clock.now()],
    );
  }

  async #finish(tx: Tx, id: string, state: 'done' | 'failed', report: ImportReport): Promise<void> {
    await sql(
      tx,
      `update school_import set state = $2, done = $3, total = $3, report = $4, content = null, finished_at = $5 where id = $1 and state in ('waiting', 'running')`,
      [id, state, report.rows, JSON.stringify(report), this.#clock.now()],
    );
  }

  async #fail(id: string, code: string, message: string, row: number): Promise<void> {
    const error = { row, column: '', value: '', code, message };
    const report = { rows: 0, created: 0, updated: 0, unchanged: 0, rejected: 0, errors: [error], errorsLeftOff: 0 };
    await this.#database.write(systemScope([]), (tx) => this.#finish(tx, id, 'failed', report));
  }

  #statusOf({ createdAt, startedAt, finishedAt, report, ...row }: StatusRow): ImportStatus {
    const spentMs = startedAt ? this.#clock.now().getTime() - startedAt.getTime() : 0;
    const isMoving = row.state === 'running' && row.done > 0;
    return {
      ...row,
      createdAt: createdAt.toISOString(),
      startedAt: startedAt?.toISOString() ?? null,
      finishedAt: finishedAt?.toISOString() ?? null,
      secondsLeft: isMoving ? Math.max(0, Math.ceil(((spentMs / row.done) * (row.total - row.done)) / 1000)) : null,
      ...(report ? { report } : {}),
    };
  }
}
