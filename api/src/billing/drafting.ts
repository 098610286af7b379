import { Injectable } from '@nestjs/common';
import { draftDocuments, type DraftDocument, type Drafts } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { systemScope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { SharesQueries } from '../sharing/shares.queries.js';
import { billedVatOf } from './billed-vat.js';
import { choicesOf } from './choices.js';
import { Issuers } from './issuers.service.js';
import type { RunProblem } from './run-problem.js';

export interface RunToDraft {
  readonly collaborationId: string;
  readonly runId: string;
}

interface Plan extends Drafts {
  readonly issuerUrn: string;
}

/** Documents in one transaction: large enough to be quick, small enough that a killed run loses a second. */
const chunkOf = 100;
/** Other runs may take shares meanwhile; each time the plan is made again from what is left. */
const plansAtMost = 50;

/**
 * Makes the drafts of a run. Each chunk is one transaction that claims its shares, so that a run can be killed anywhere
 * and started again, and several can work at once: a share is claimed once, and what another run took is planned anew.
 */
@Injectable()
export class Drafting {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #shares: SharesQueries;
  readonly #issuers: Issuers;

  constructor(database: Database, clock: Clock, shares: SharesQueries, issuers: Issuers) {
    this.#database = database;
    this.#clock = clock;
    this.#shares = shares;
    this.#issuers = issuers;
  }

  /** @throws `billing.no-lead-school` when nobody could issue what is drafted. */
  async assertIssuer(tx: Tx, collaborationId: string): Promise<void> {
    await this.#issuers.leadSchool(tx, collaborationId);
  }

  /** @param afterChunk looks in between two transactions; what it throws stops the run where it is. */
  async work(run: RunToDraft, afterChunk: () => Promise<void> = async () => undefined, chunkSize = chunkOf): Promise<void> {
    try {
      await this.#work(run, afterChunk, chunkSize);
    } catch (error) {
      // What the business refuses will be refused again: the run ends and says why. Anything else is tried again.
      if (!(error instanceof DomainError)) throw error;
      await this.#end(run, 'failed', [{ code: error.code }]);
    }
  }

  async #work(run: RunToDraft, afterChunk: () => Promise<void>, chunkSize: number): Promise<void> {
    for (let plans = 0; plans < plansAtMost; plans++) {
      const plan = await this.#plan(run);
      if (!plan) return;
      if (await this.#draft(run, plan, afterChunk, chunkSize)) return this.#end(run, 'done', plan.left);
    }
    throw new Error(`The invoice run ${run.runId} found its shares taken ${plansAtMost} times.`);
  }

  /** What is left to draft; undefined when the run is done or gone. */
  #plan({ collaborationId, runId }: RunToDraft): Promise<Plan | undefined> {
    return this.#database.write(systemScope([collaborationId]), async (tx) => {
      const run = await lockRun(tx, collaborationId, runId);
      if (!run) return undefined;
      const shares = await this.#shares.uninvoiced(tx, collaborationId, run.from, run.to);
      const { issuer, schools } = await this.#issuers.forDrafting(tx, collaborationId, [...new Set(shares.map((share) => share.urn))]);
      const drafts = draftDocuments(issuer, schools, await billedVatOf(tx, collaborationId, shares), await choicesOf(tx, collaborationId));
      await sql(
        tx,
        `update invoice_run set state = 'running', problems = $4, total = $3::integer + (select count(*) from invoice where collaboration_id = $1 and run_id = $2)
          where collaboration_id = $1 and id = $2`,
        [collaborationId, runId, drafts.documents.length, JSON.stringify(drafts.left)],
      );
      return { ...drafts, issuerUrn: issuer.urn };
    });
  }

  /** @returns false when another run took one of the shares, so that the plan has to be made again. */
  async #draft(run: RunToDraft, plan: Plan, afterChunk: () => Promise<void>, chunkSize: number): Promise<boolean> {
    try {
      for (let from = 0; from < plan.documents.length; from += chunkSize) {
        const chunk = plan.documents.slice(from, from + chunkSize);
        await this.#database.write(systemScope([run.collaborationId]), async (tx) => {
          if (await lockRun(tx, run.collaborationId, run.runId)) await this.#store(tx, run, plan.issuerUrn, chunk);
        });
        await afterChunk();
      }
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'sharing.already-invoiced') return false;
      throw error;
    }
  }

  async #store(tx: Tx, { collaborationId, runId }: RunToDraft, issuerUrn: string, documents: readonly DraftDocument[]): Promise<void> {
    const invoices = documents.map((document) => ({ document, id: newId() }));
    const lines = invoices.flatMap(({ document, id }) => document.lines.map((line, i) => ({ line, lineId: newId(), invoiceId: id, position: i + 1 })));
    await this.#shares.markInvoiced(tx, collaborationId, lines.map(({ line }) => line.shareId), lines.map(({ lineId }) => lineId));
    await sql(tx, 'insert into invoice select * from json_populate_recordset(null::invoice, $1)', [
      JSON.stringify(invoices.map(({ document, id }) => ({
        id, collaboration_id: collaborationId, run_id: runId, kind: document.kind, issuer_urn: issuerUrn, urn: document.urn,
        service_from: document.serviceFrom, service_to: document.serviceTo,
      }))),
    ]);
    await sql(tx, 'insert into invoice_line select * from json_populate_recordset(null::invoice_line, $1)', [
      JSON.stringify(lines.map(({ line, lineId, invoiceId, position }) => ({
        id: lineId, collaboration_id: collaborationId, invoice_id: invoiceId, position, share_id: line.shareId, charge_id: line.chargeId,
        description: line.description, service_name: line.serviceName, agreement_name: line.agreementName, service_from: line.serviceFrom, service_to: line.serviceTo, belongs_on: line.belongsOn,
        net_pence: line.netPence, vat_pence: line.vatPence, suppliers_vat_pence: line.suppliersVatPence, vat_basis_points: line.vat.basisPoints, vat_treatment: line.vat.treatment,
        vat_reason: line.vat.reason, vat_words: line.vat.words, cost_system: line.costCode.system, cost_code: line.costCode.code, cost_name: line.costCode.name,
      }))),
    ]);
  }

  async #end({ collaborationId, runId }: RunToDraft, state: 'done' | 'failed', problems: readonly RunProblem[]): Promise<void> {
    await this.#database.write(systemScope([collaborationId]), (tx) =>
      sql(
        tx, `update invoice_run set state = $3, problems = $4, finished_at = $5 where collaboration_id = $1 and id = $2 and state in ('waiting', 'running')`,
        [collaborationId, runId, state, JSON.stringify(problems), this.#clock.now()],
      ),
    );
  }
}

/** The run's row, locked for this transaction; undefined when it is done or gone. */
async function lockRun(tx: Tx, collaborationId: string, runId: string): Promise<{ from: DateOnly; to: DateOnly } | undefined> {
  const [run] = await sql<{ from: DateOnly; to: DateOnly }>(
    tx,
    `select from_on as "from", to_on as "to" from invoice_run where collaboration_id = $1 and id = $2 and state in ('waiting', 'running') for update`,
    [collaborationId, runId],
  );
  return run;
}
