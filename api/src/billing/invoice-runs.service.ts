import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { StartInvoiceRun } from '@fairshare/contract/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { daysIn, type DateOnly } from '@fairshare/domain/kernel/period';
import { assertAllSchools, systemScope, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { jobKind, Jobs } from '../platform/jobs.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { Drafting, type RunToDraft } from './drafting.js';

export const invoiceRunJob = jobKind<RunToDraft>('billing.invoice-run');

const longestDays = 731;
/** By then the job of a run has either ended it or been given up: whoever starts the run again sets it going. */
const givenUpAfterMs = 15 * 60_000;

/** Starts invoice runs and sees that they are worked to their end. */
@Injectable()
export class InvoiceRuns implements OnModuleInit, OnApplicationBootstrap {
  readonly #log = new Logger('InvoiceRuns');
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #jobs: Jobs;
  readonly #drafting: Drafting;
  readonly #trail: Trail;

  constructor(database: Database, clock: Clock, jobs: Jobs, drafting: Drafting, trail: Trail) {
    this.#database = database;
    this.#clock = clock;
    this.#jobs = jobs;
    this.#drafting = drafting;
    this.#trail = trail;
  }

  onModuleInit(): void {
    this.#jobs.work(invoiceRunJob, (run) => this.#drafting.work(run));
  }

  /** A run whose process was killed goes on at the next start, without waiting for its job to expire. */
  async onApplicationBootstrap(): Promise<void> {
    const left = await this.#database.read(systemScope(), (tx) =>
      sql<RunToDraft>(tx, `select collaboration_id as "collaborationId", id as "runId" from invoice_run where state in ('waiting', 'running')`),
    );
    for (const run of left) await this.#database.write(systemScope([run.collaborationId]), (tx) => this.#jobs.send(tx, invoiceRunJob, run));
    if (left.length > 0) this.#log.warn(`${left.length} invoice runs were interrupted and go on.`);
  }

  /** @throws `billing.run-exists` while a run of the same period is working. */
  async start(who: Scope, collaborationId: string, { from, to }: StartInvoiceRun): Promise<{ id: string }> {
    assertAllSchools(who);
    if (to < from) throw new DomainError('billing.period-reversed', { from, to });
    if (daysIn({ from, to }) > longestDays) throw new DomainError('billing.period-too-long');
    return this.#database.write(who, async (tx) => {
      await this.#drafting.assertIssuer(tx, collaborationId);
      const id = newId();
      const [made] = await sql(
        tx,
        `insert into invoice_run (id, collaboration_id, from_on, to_on, state, started_at, started_by) values ($1, $2, $3, $4, 'waiting', $5, $6)
         on conflict (collaboration_id, from_on, to_on) where state in ('waiting', 'running') do nothing returning id`,
        [id, collaborationId, from, to, this.#clock.now(), who.name],
      );
      if (!made) return this.#goOn(tx, collaborationId, from, to);
      await this.#jobs.send(tx, invoiceRunJob, { collaborationId, runId: id });
      await this.#trail.record(tx, who, { action: 'billing.run-started', collaborationId, subjectKind: 'invoice-run', subjectId: id, after: { from, to } });
      return { id };
    });
  }

  /** A run of the same period is there: it is being worked on, or was given up and goes on where it stopped. */
  async #goOn(tx: Tx, collaborationId: string, from: DateOnly, to: DateOnly): Promise<{ id: string }> {
    const [run] = await sql<{ id: string; startedAt: Date }>(
      tx, `select id, started_at as "startedAt" from invoice_run where collaboration_id = $1 and from_on = $2 and to_on = $3 and state in ('waiting', 'running')`, [collaborationId, from, to],
    );
    if (!run || this.#clock.now().getTime() - run.startedAt.getTime() < givenUpAfterMs) throw new DomainError('billing.run-exists', run ? { runId: run.id } : {});
    await this.#jobs.send(tx, invoiceRunJob, { collaborationId, runId: run.id });
    return { id: run.id };
  }
}
