import { Injectable } from '@nestjs/common';
import { payBack, payByRule, type FundingBudget, type FundingPart, type PaidFrom } from '@fairshare/domain/sharing';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import type { ChargeEntity } from './charge.entity.js';
import { grouped } from './grouped.js';

/** A share as it was stored. */
export interface FundedShare {
  readonly shareId: string;
  readonly urn: string;
  readonly pence: number;
}

/** A line that moves pence of a share to a stream. */
export interface FundingLine extends PaidFrom {
  readonly shareId: string;
  readonly urn: string;
}

interface BudgetRow extends FundingBudget {
  readonly urn: string;
}

/** Pays new shares from the streams that their schools said, in the transaction that makes the shares. */
@Injectable()
export class Funder {
  readonly #clock: Clock;
  readonly #procurement: ProcurementQueries;

  constructor(clock: Clock, procurement: ProcurementQueries) {
    this.#clock = clock;
    this.#procurement = procurement;
  }

  /** A school without a rule for the service pays from its general money and says nothing; what comes back needs no rule. */
  async fund(tx: Tx, who: Scope, charge: ChargeEntity, shares: readonly FundedShare[]): Promise<void> {
    const { collaborationId, agreementId } = charge;
    const owing = shares.filter(({ pence }) => pence !== 0);
    const rules = await sql<{ urn: string; serviceId: string | null; parts: FundingPart[] }>(
      tx, 'select urn, service_id as "serviceId", parts from funding_rule where collaboration_id = $1 and urn = any ($2)', [collaborationId, owing.map(({ urn }) => urn)],
    );
    const paid = charge.correctsChargeId ? await paidSoFar(tx, collaborationId, charge.correctsChargeId) : new Map<string, PaidBefore[]>();
    if (rules.length === 0 && paid.size === 0) return;
    const serviceId = agreementId ? (await this.#procurement.agreement(tx, collaborationId, agreementId)).service.id : null;
    const ruleOf = (urn: string) => rules.find((rule) => rule.urn === urn && rule.serviceId !== null && rule.serviceId === serviceId) ?? rules.find((rule) => rule.urn === urn && rule.serviceId === null);
    // What comes back goes to the streams that paid, whatever the school has said since.
    const comesBack = (share: FundedShare) => (share.pence < 0 ? paid.get(share.urn) : undefined);
    const moving = owing.filter((share) => ruleOf(share.urn) ?? comesBack(share));
    const [set] = await sql<{ on: string }>(tx, 'select counts_on as "on" from share_set where collaboration_id = $1 and charge_id = $2', [collaborationId, charge.id]);
    const budgets = await budgetsOf(tx, collaborationId, moving.map(({ urn }) => urn), set?.on ?? charge.belongsOn);
    const lines = moving.flatMap((share): FundingLine[] => {
      const own = budgets.get(share.urn) ?? [];
      const before = comesBack(share)?.map((one) => inOpenYear(one, own));
      const parts = before ? payBack(share.pence, before) : payByRule({ school: share.urn, pence: share.pence }, ruleOf(share.urn)?.parts ?? [], own);
      return parts.map((part) => ({ ...part, shareId: share.shareId, urn: share.urn }));
    });
    await this.store(tx, who, collaborationId, lines, null);
  }

  async store(tx: Tx, who: Scope, collaborationId: string, lines: readonly FundingLine[], reason: string | null): Promise<void> {
    if (lines.length === 0) return;
    await sql(
      tx,
      `insert into share_funding (id, collaboration_id, share_id, urn, budget_id, pence, reason, made_at, made_by)
       select l.id, $1, l.share_id, l.urn, l.budget_id, l.pence, $2, $3, $4 from unnest($5::uuid[], $6::uuid[], $7::text[], $8::uuid[], $9::bigint[]) as l (id, share_id, urn, budget_id, pence)`,
      [collaborationId, reason, this.#clock.now(), who.name, lines.map(() => newId()), lines.map((l) => l.shareId), lines.map((l) => l.urn), lines.map((l) => l.budgetId), lines.map((l) => l.pence)],
    );
  }
}

/** A successor's money begins on its first day, also for what it took over from before. */
const dayOf = `greatest($3::date, (select max(m.first_on) from money_succession m where m.collaboration_id = b.collaboration_id and m.to_urn = b.urn))`;

/** Each school's budgets of the year that a day is in, with what is left; locked, so that nobody else spends them meanwhile. */
export async function budgetsOf(tx: Tx, collaborationId: string, urns: readonly string[], on: string): Promise<Map<string, BudgetRow[]>> {
  await sql(tx, `select 1 from funding_budget b where b.collaboration_id = $1 and b.urn = any ($2) and ${dayOf} between b.year_from and b.year_to order by b.id for update`, [collaborationId, urns, on]);
  const rows = await sql<BudgetRow>(
    tx,
    `select b.id, b.urn, b.name, b.restricted,
            (b.pence - coalesce((select sum(f.pence) from share_funding f where f.collaboration_id = b.collaboration_id and f.budget_id = b.id), 0))::bigint as "leftPence"
       from funding_budget b where b.collaboration_id = $1 and b.urn = any ($2) and ${dayOf} between b.year_from and b.year_to order by b.name, b.id`,
    [collaborationId, urns, on],
  );
  return grouped(rows, ({ urn }) => urn);
}

/** Money that comes back after its year was closed is the same stream's in the year that it counts in; where there is none, general money. */
function inOpenYear({ budgetId, name, pence }: PaidBefore, budgets: readonly BudgetRow[]): PaidFrom {
  const stays = budgetId === null || budgets.some(({ id }) => id === budgetId);
  return { budgetId: stays ? budgetId : (budgets.find((budget) => budget.name === name)?.id ?? null), pence };
}

interface PaidBefore extends PaidFrom {
  readonly name: string | null;
}

/** What each school's streams have paid of a charge and of everything that puts it right. */
async function paidSoFar(tx: Tx, collaborationId: string, chargeId: string): Promise<Map<string, PaidBefore[]>> {
  const rows = await sql<PaidBefore & { urn: string }>(
    tx,
    `select f.urn, f.budget_id as "budgetId", b.name, sum(f.pence)::bigint as pence
       from charge c
       join share s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
       join share_funding f on f.collaboration_id = s.collaboration_id and f.share_id = s.id
       left join funding_budget b on b.collaboration_id = f.collaboration_id and b.id = f.budget_id
      where c.collaboration_id = $1 and $2 in (c.id, c.corrects_charge_id) group by f.urn, f.budget_id, b.name order by f.urn, f.budget_id`,
    [collaborationId, chargeId],
  );
  return grouped(rows, ({ urn }) => urn);
}
