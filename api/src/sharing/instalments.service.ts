import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { ChargedInstalments } from '@fairshare/contract/sharing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { addDays, type DateOnly } from '@fairshare/domain/kernel/period';
import { assertAllSchools, systemScope, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { jobKind, Jobs } from '../platform/jobs.js';
import { ChargesService } from './charges.service.js';
import { DueCharges } from './due-charges.js';
import type { SharingProblem } from './sharing.problems.js';

/** Charges what fell due in one collaboration and tries again to share what could not be shared before. */
export const chargeDueJob = jobKind<{ collaborationId: string }>('sharing.charge-due');

const hourMs = 3_600_000;
/** Charges by use whose period of service was not over when they were last tried. */
const waitingForUse = `
  from charge c
  join lateral (select p.code from charge_problem p where p.collaboration_id = c.collaboration_id and p.charge_id = c.id
                 order by p.tried_at desc, p.id desc limit 1) problem on problem.code = 'sharing.use-not-known-yet'
 where not exists (select from share_set s where s.collaboration_id = c.collaboration_id and s.charge_id = c.id)`;
/** How far ahead a finance officer may charge: the bill for next month can be prepared in this one. */
const daysAhead = 31;

/** Makes charges when they fall due, by the day: each once, whoever asks and however often. */
@Injectable()
export class InstalmentsService implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  readonly #charges: ChargesService;
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #jobs: Jobs;
  readonly #due: DueCharges;
  readonly #log = new Logger('Instalments');
  #timer: NodeJS.Timeout | undefined;

  constructor(charges: ChargesService, clock: Clock, database: Database, jobs: Jobs, due: DueCharges) {
    this.#charges = charges;
    this.#clock = clock;
    this.#database = database;
    this.#jobs = jobs;
    this.#due = due;
  }

  onModuleInit(): void {
    this.#jobs.work(chargeDueJob, ({ collaborationId }) => this.chargeDue(collaborationId));
  }

  /** Looks every hour, which is often enough for what falls due by the day; a second process that looks finds nothing left. */
  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.askForDue().catch((error: unknown) => this.#log.warn(String(error))), hourMs);
    this.#timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Sends a job for each collaboration in which something is due. */
  async askForDue(): Promise<number> {
    const today = this.#clock.today();
    return this.#database.write(systemScope(), async (tx) => {
      const rows = await sql<{ id: string }>(
        tx,
        `select distinct collaboration_id as id from instalment where charged_at is null and due_on <= $1
         union
         select distinct collaboration_id from charge_plan where starts_on <= $1 and ends_on >= $1::date - 400
         union
         select distinct collaboration_id from agreement where minimum_commitment_milliunits is not null and retainer_pence is null and ends_on between $1::date - 400 and $1::date - 1
         union
         select distinct c.collaboration_id ${waitingForUse} and c.service_to < $1`,
        [today],
      );
      for (const { id } of rows) await this.#jobs.send(tx, chargeDueJob, { collaborationId: id });
      return rows.length;
    });
  }

  async chargeDue(collaborationId: string): Promise<void> {
    const who = systemScope([collaborationId]);
    await this.#database.write(who, (tx) => this.chargeThrough(tx, who, collaborationId, this.#clock.today()));
    await this.#database.write(who, (tx) => this.#shareWaiting(tx, who, collaborationId));
  }

  /** On demand, by the finance officer. */
  async charge(who: Scope, collaborationId: string, through: DateOnly): Promise<ChargedInstalments> {
    assertAllSchools(who);
    const latest = addDays(this.#clock.today(), daysAhead);
    if (through > latest) throw new DomainError<SharingProblem>('sharing.not-due-yet', { latest });
    return this.#database.write(who, (tx) => this.chargeThrough(tx, who, collaborationId, through));
  }

  /** All that fell due: instalments, and what plans and commitments make. */
  chargeThrough(tx: Tx, who: Scope, collaborationId: string, through: DateOnly): Promise<ChargedInstalments> {
    return this.#due.make(tx, who, collaborationId, through);
  }

  /** What waited for the end of its period of service. Other problems wait for somebody to put them right. */
  async #shareWaiting(tx: Tx, who: Scope, collaborationId: string): Promise<void> {
    const waiting = await sql<{ id: string }>(
      tx,
      `select c.id ${waitingForUse} and c.collaboration_id = $1 and c.service_to < $2 order by c.belongs_on, c.id`,
      [collaborationId, this.#clock.today()],
    );
    for (const { id } of waiting) await this.#charges.tryAgain(tx, who, collaborationId, id);
  }
}
