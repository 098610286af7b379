import { Injectable } from '@nestjs/common';
import type { PeriodClose } from '@fairshare/contract/ledger';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';

interface CloseRow {
  id: string;
  through_on: DateOnly;
  closed_at: Date;
  closed_by: string;
}

const closeOf = (row: CloseRow): PeriodClose => ({ id: row.id, throughOn: row.through_on, closedAt: row.closed_at.toISOString(), closedBy: row.closed_by });

/** Closes periods; a closed one is never opened again, later postings about it count on the first open day. */
@Injectable()
export class Periods {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #trail: Trail;

  constructor(database: Database, clock: Clock, trail: Trail) {
    this.#database = database;
    this.#clock = clock;
    this.#trail = trail;
  }

  async list(who: Scope, collaborationId: string) {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => {
      const rows = await sql<CloseRow>(tx, 'select id, through_on, closed_at, closed_by from period_close where collaboration_id = $1 order by through_on desc', [collaborationId]);
      return { items: rows.map(closeOf) };
    });
  }

  async close(who: Scope, collaborationId: string, throughOn: DateOnly): Promise<PeriodClose> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      if (throughOn >= this.#clock.today()) throw new DomainError('ledger.not-over-yet', { throughOn });
      await tx.query('select ledger_lock($1)', [collaborationId]);
      const later = await sql(tx, 'select 1 from period_close where collaboration_id = $1 and through_on >= $2', [collaborationId, throughOn]);
      if (later.length > 0) throw new DomainError('ledger.closed-already', { throughOn });
      const row: CloseRow = { id: newId(), through_on: throughOn, closed_at: this.#clock.now(), closed_by: who.name };
      await sql(tx, 'insert into period_close (id, collaboration_id, through_on, closed_at, closed_by) values ($1, $2, $3, $4, $5)', [
        row.id, collaborationId, row.through_on, row.closed_at, row.closed_by,
      ]);
      await this.#trail.record(tx, who, { action: 'ledger.period-closed', collaborationId, subjectKind: 'period-close', subjectId: row.id, after: { throughOn } });
      return closeOf(row);
    });
  }
}
