import { Injectable } from '@nestjs/common';
import type { Funding, PayShare, SaveBudget, SaveFundingRule } from '@fairshare/contract/funding';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { fundingChange, isRestricted, type FundingProblem, type PaidFrom } from '@fairshare/domain/sharing';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { budgetsOf, Funder } from './funder.js';
import { FundingQueries } from './funding.queries.js';

interface ShareFacts {
  readonly pence: number;
  readonly belongsOn: string;
  readonly isInvoiced: boolean;
}

/** A school keeps its budgets, says from which streams it pays, and changes that for single shares. */
@Injectable()
export class FundingService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #funder: Funder;
  readonly #queries: FundingQueries;
  readonly #trail: Trail;

  constructor(clock: Clock, database: Database, funder: Funder, queries: FundingQueries, trail: Trail) {
    this.#clock = clock;
    this.#database = database;
    this.#funder = funder;
    this.#queries = queries;
    this.#trail = trail;
  }

  /** @throws `sharing.budget-below-spent`, `sharing.budget-name-taken` */
  saveBudget(who: Scope, collaborationId: string, urn: string, wanted: SaveBudget): Promise<Funding> {
    return this.#change(who, collaborationId, urn, wanted.on, 'sharing.budget-saved', wanted, async (tx) => {
      const { year } = await this.#queries.yearOf(tx, who, collaborationId, urn, wanted.on);
      const { id, kind, name, conditions, pence } = wanted;
      const taken = await sql(tx, 'select 1 from funding_budget where collaboration_id = $1 and urn = $2 and year_from = $3 and name = $4 and id is distinct from $5', [collaborationId, urn, year.from, name, id]);
      if (taken.length > 0) throw new DomainError<FundingProblem>('sharing.budget-name-taken');
      if (!id) {
        await sql(
          tx,
          `insert into funding_budget (id, collaboration_id, urn, year_from, year_to, kind, name, conditions, restricted, pence) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [newId(), collaborationId, urn, year.from, year.to, kind, name, conditions, isRestricted(kind), pence],
        );
        return;
      }
      const budget = (await budgetsOf(tx, collaborationId, [urn], year.from)).get(urn)?.find((one) => one.id === id);
      if (!budget) throw new DomainError('platform.not-found');
      const [spent] = await sql<{ pence: number }>(tx, 'select coalesce(sum(pence), 0)::bigint as pence from share_funding where collaboration_id = $1 and budget_id = $2', [collaborationId, id]);
      if (isRestricted(kind) && (spent?.pence ?? 0) > pence) throw new DomainError<FundingProblem>('sharing.budget-below-spent', { spentPence: spent?.pence ?? 0 });
      await sql(
        tx, 'update funding_budget set kind = $3, name = $4, conditions = $5, restricted = $6, pence = $7 where collaboration_id = $1 and id = $2',
        [collaborationId, id, kind, name, conditions, isRestricted(kind), pence],
      );
    });
  }

  /** The rule counts for shares that are made from now on. */
  saveRule(who: Scope, collaborationId: string, urn: string, wanted: SaveFundingRule): Promise<Funding> {
    return this.#change(who, collaborationId, urn, wanted.on, 'sharing.funding-rule-saved', wanted, async (tx) => {
      const { services } = await this.#queries.readIn(tx, who, collaborationId, urn, wanted.on);
      if (wanted.serviceId && !services.some(({ id }) => id === wanted.serviceId)) throw new DomainError('platform.not-found');
      await sql(tx, 'delete from funding_rule where collaboration_id = $1 and urn = $2 and service_id is not distinct from $3', [collaborationId, urn, wanted.serviceId]);
      if (wanted.parts.length === 0) return;
      await sql(
        tx, 'insert into funding_rule (id, collaboration_id, urn, service_id, parts, set_by, set_at) values ($1, $2, $3, $4, $5, $6, $7)',
        [newId(), collaborationId, urn, wanted.serviceId, JSON.stringify(wanted.parts), who.name, this.#clock.now()],
      );
    });
  }

  /**
   * Pays a share from other streams: lines more, which together with those before are what is wanted.
   * @throws `sharing.funding-is-not-the-share`, `sharing.funding-too-small`, `sharing.funding-reason-needed` once the share is invoiced
   */
  async payShare(who: Scope, collaborationId: string, urn: string, shareId: string, { parts, reason }: PayShare): Promise<Funding> {
    return this.#database.write(who, async (tx) => {
      const share = await shareOf(tx, collaborationId, urn, shareId);
      const { year } = await this.#queries.yearOf(tx, who, collaborationId, urn, share?.belongsOn ?? this.#clock.today());
      if (!share) throw new DomainError('platform.not-found');
      assertParts(share, parts);
      if (share.isInvoiced && reason === '') throw new DomainError<FundingProblem>('sharing.funding-reason-needed');
      const budgets = new Map(((await budgetsOf(tx, collaborationId, [urn], year.from)).get(urn) ?? []).map((budget) => [budget.id, budget]));
      const change = fundingChange(await paidOf(tx, collaborationId, shareId), parts);
      for (const { budgetId, pence } of change) {
        const budget = budgetId ? budgets.get(budgetId) : undefined;
        if (budgetId && !budget) throw new DomainError('platform.not-found');
        if (budget?.restricted && pence > budget.leftPence) throw new DomainError<FundingProblem>('sharing.funding-too-small', { unpaidPence: pence - budget.leftPence });
      }
      await this.#funder.store(tx, who, collaborationId, change.map((line) => ({ ...line, shareId, urn })), reason || null);
      await this.#trail.record(tx, who, { action: 'sharing.share-funded', collaborationId, subjectKind: 'share', subjectId: shareId, after: { parts, reason } });
      return this.#queries.readIn(tx, who, collaborationId, urn, share.belongsOn);
    });
  }

  #change(who: Scope, collaborationId: string, urn: string, on: string, action: string, after: object, work: (tx: Tx) => Promise<void>): Promise<Funding> {
    return this.#database.write(who, async (tx) => {
      await this.#queries.yearOf(tx, who, collaborationId, urn, on);
      await work(tx);
      await this.#trail.record(tx, who, { action, collaborationId, subjectKind: 'school', subjectId: urn, after });
      return this.#queries.readIn(tx, who, collaborationId, urn, on);
    });
  }
}

/** The parts make up the share, and none is of the other sign. */
function assertParts({ pence }: ShareFacts, parts: readonly PaidFrom[]): void {
  const sum = parts.reduce((total, part) => total + part.pence, 0);
  if (sum !== pence || parts.some((part) => part.pence * pence < 0)) throw new DomainError<FundingProblem>('sharing.funding-is-not-the-share', { pence, partsPence: sum });
}

async function shareOf(tx: Tx, collaborationId: string, urn: string, shareId: string): Promise<ShareFacts | undefined> {
  const [row] = await sql<ShareFacts>(
    tx,
    `select s.pence, t.counts_on as "belongsOn", exists (select from share_invoiced i where i.collaboration_id = s.collaboration_id and i.share_id = s.id) as "isInvoiced"
       from share s join share_set t on t.collaboration_id = s.collaboration_id and t.charge_id = s.charge_id
      where s.collaboration_id = $1 and s.id = $2 and s.urn = $3`,
    [collaborationId, shareId, urn],
  );
  return row;
}

function paidOf(tx: Tx, collaborationId: string, shareId: string): Promise<PaidFrom[]> {
  return sql<PaidFrom>(tx, 'select budget_id as "budgetId", sum(pence)::bigint as pence from share_funding where collaboration_id = $1 and share_id = $2 group by budget_id', [collaborationId, shareId]);
}
