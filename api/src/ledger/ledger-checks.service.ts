import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { LedgerCheck } from '@fairshare/contract/ledger';
import { assertAllSchools, systemScope, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { jobKind, Jobs } from '../platform/jobs.js';
import { Trail } from '../platform/trail.js';
import { LedgerInspection } from './ledger-inspection.js';

/** Once an hour, whichever process gets there first. */
export const hourlyLedgerCheck = jobKind<object>('ledger-check');

interface CheckRow extends Omit<LedgerCheck, 'checkedAt' | 'isWhole'> {
  readonly checkedAt: Date;
}

/** Looks through the books every hour and when somebody asks, and keeps what was found last. */
@Injectable()
export class LedgerChecks implements OnModuleInit {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #jobs: Jobs;
  readonly #inspection: LedgerInspection;
  readonly #trail: Trail;

  constructor(clock: Clock, database: Database, inspection: LedgerInspection, jobs: Jobs, trail: Trail) {
    this.#clock = clock;
    this.#database = database;
    this.#jobs = jobs;
    this.#inspection = inspection;
    this.#trail = trail;
  }

  onModuleInit(): void {
    this.#jobs.every(3600, hourlyLedgerCheck, () => this.checkAll());
  }

  /** One collaboration after another, each in a transaction of its own. */
  async checkAll(): Promise<void> {
    const everywhere = await this.#database.read(systemScope(), (tx) => sql<{ id: string }>(tx, 'select distinct collaboration_id as id from ledger_entry'));
    for (const { id } of everywhere) await this.#check(systemScope([id]), id);
  }

  /** Checks now; that somebody asked, and what was found, stays in the trail when later checks take this one's place. */
  check(who: Scope, collaborationId: string): Promise<LedgerCheck> {
    assertAllSchools(who);
    return this.#check(who, collaborationId);
  }

  /** What the last check found; null before the first. */
  last(who: Scope, collaborationId: string): Promise<{ check: LedgerCheck | null }> {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => ({ check: (await lastOf(tx, collaborationId)) ?? null }));
  }

  async #check(who: Scope, collaborationId: string): Promise<LedgerCheck> {
    const { entries, penceOver, brokenAt, differing } = await this.#inspection.look(who, collaborationId);
    return this.#database.write(who, async (tx) => {
      await sql(
        tx,
        `insert into ledger_check (collaboration_id, checked_at, checked_by, entries, pence_over, broken_at, differing) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (collaboration_id) do update set checked_at = excluded.checked_at, checked_by = excluded.checked_by, entries = excluded.entries,
           pence_over = excluded.pence_over, broken_at = excluded.broken_at, differing = excluded.differing`,
        [collaborationId, this.#clock.now(), who.name, entries, penceOver, brokenAt, differing],
      );
      const found = (await lastOf(tx, collaborationId)) as LedgerCheck;
      // The hourly check of books that are whole is no news.
      if (who.userId !== null || !found.isWhole) await this.#trail.record(tx, who, { action: 'ledger.checked', collaborationId, subjectKind: 'ledger', subjectId: collaborationId, after: { entries, penceOver, brokenAt, differing } });
      return found;
    });
  }
}

async function lastOf(tx: Tx, collaborationId: string): Promise<LedgerCheck | undefined> {
  const [row] = await sql<CheckRow>(
    tx,
    `select checked_at as "checkedAt", checked_by as "checkedBy", entries, pence_over as "penceOver", broken_at as "brokenAt", differing
       from ledger_check where collaboration_id = $1`,
    [collaborationId],
  );
  if (!row) return undefined;
  return { ...row, checkedAt: row.checkedAt.toISOString(), isWhole: row.penceOver === 0 && row.brokenAt === null && row.differing.length === 0 };
}
