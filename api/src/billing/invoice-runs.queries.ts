import { Injectable } from '@nestjs/common';
import type { InvoiceRun } from '@fairshare/contract/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { formatPounds } from '@fairshare/domain/kernel/money';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { declaredProblems } from '../platform/problem.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import type { RunProblem } from './run-problem.js';

interface RunRow {
  id: string;
  from: DateOnly;
  to: DateOnly;
  state: InvoiceRun['state'];
  done: number;
  total: number;
  problems: RunProblem[];
  startedAt: Date;
  startedBy: string;
  finishedAt: Date | null;
  drafts: number;
  issued: number;
  grossPence: number;
}

/** How far invoice runs are; what is done is counted, never stored. */
@Injectable()
export class InvoiceRunQueries {
  readonly #database: Database;
  readonly #schools: SchoolsQueries;

  constructor(database: Database, schools: SchoolsQueries) {
    this.#database = database;
    this.#schools = schools;
  }

  async read(who: Scope, collaborationId: string, runId: string): Promise<InvoiceRun> {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => {
      const [run] = await this.#runs(tx, collaborationId, runId, 1, 0);
      if (!run) throw new DomainError('platform.not-found');
      return run;
    });
  }

  async list(who: Scope, collaborationId: string, page: number, size: number) {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => {
      const items = await this.#runs(tx, collaborationId, null, size, (page - 1) * size);
      const [count] = await sql<{ total: number }>(tx, 'select count(*) as total from invoice_run where collaboration_id = $1', [collaborationId]);
      return { items, total: count?.total ?? 0, page, size };
    });
  }

  async #runs(tx: Tx, collaborationId: string, runId: string | null, limit: number, offset: number): Promise<InvoiceRun[]> {
    const rows = await sql<RunRow>(
      tx,
      `select r.id, r.from_on as "from", r.to_on as "to", r.state, r.total, r.problems, r.started_at as "startedAt", r.started_by as "startedBy", r.finished_at as "finishedAt",
              d.done, d.drafts, d.issued, d.gross as "grossPence"
         from (select * from invoice_run where collaboration_id = $1 and ($2::uuid is null or id = $2) order by started_at desc, id limit $3 offset $4) r
         left join lateral (
           select count(*) as done, count(*) filter (where i.issued_on is null) as drafts, count(*) filter (where i.issued_on is not null) as issued,
                  coalesce(sum(l.gross), 0)::bigint as gross
             from invoice i
             left join lateral (select sum(net_pence + vat_pence) as gross from invoice_line l where l.collaboration_id = i.collaboration_id and l.invoice_id = i.id) l on true
            where i.collaboration_id = r.collaboration_id and i.run_id = r.id) d on true
        order by r.started_at desc, r.id`,
      [collaborationId, runId, limit, offset],
    );
    const names = await this.#schools.names(tx, rows.flatMap((row) => row.problems.flatMap((problem) => problem.urn ?? [])));
    return rows.map((row) => ({
      ...row,
      total: Math.max(row.total, row.done),
      startedAt: row.startedAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
      problems: row.problems.map((problem) => tellProblem(problem, names)),
    }));
  }
}

function tellProblem(problem: RunProblem, names: ReadonlyMap<string, string>): InvoiceRun['problems'][number] {
  if (problem.code !== 'billing.comes-to-nothing' && problem.code !== 'billing.dispute-waits') {
    const sentence = declaredProblems().get(problem.code)?.[1];
    return { ...problem, message: typeof sentence === 'string' ? sentence : 'The run could not be finished.' };
  }
  const schoolName = problem.urn ? (names.get(problem.urn) ?? problem.urn) : undefined;
  const message = problem.code === 'billing.dispute-waits'
    ? `${schoolName ?? 'A school'} disputes ${formatPounds(problem.pence ?? 0)}; it waits until that is decided.`
    : `Shares and credits of ${schoolName ?? 'a school'} come to nothing; they stand on its next invoice.`;
  return { ...problem, message, ...(schoolName ? { schoolName } : {}) };
}
