import type { TakenItem } from '@fairshare/contract/taking-over';
import { financialYearOf } from '@fairshare/domain/ledger';
import type { Scope } from '../platform/actor.js';
import { sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import type { MoneySuccession } from './money-succession.js';

interface Left {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly conditions: string | null;
  readonly restricted: boolean;
  readonly spentPence: number;
  readonly leftPence: number;
}

/**
 * What is left of the old school's budgets becomes a budget of the new one in its own financial year, and its rules are the
 * new one's where that has none. The old budget is left with what was spent of it.
 */
export async function followStreams(tx: Tx, who: Scope, succession: MoneySuccession): Promise<TakenItem[]> {
  const { collaborationId, fromUrn, toUrn, toKind, on } = succession;
  const year = financialYearOf(on, toKind);
  const items: TakenItem[] = [];
  for (const { id, kind, name, conditions, restricted, spentPence, leftPence } of await leftOfBudgets(tx, succession)) {
    await sql(tx, 'update funding_budget set pence = $3 where collaboration_id = $1 and id = $2', [collaborationId, id, spentPence]);
    await sql(
      tx,
      `insert into funding_budget (id, collaboration_id, urn, year_from, year_to, kind, name, conditions, restricted, pence) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict on constraint funding_budget_once_a_year do update set pence = funding_budget.pence + excluded.pence`,
      [newId(), collaborationId, toUrn, year.from, year.to, kind, name, conditions, restricted, leftPence],
    );
    items.push({ kind: 'streams', what: `${name}: what is left of it`, pence: leftPence, chargeId: null, invoiceId: null, stays: null });
  }
  await sql(
    tx,
    `insert into funding_rule (id, collaboration_id, urn, service_id, parts, set_by, set_at)
     select gen_random_uuid(), collaboration_id, $3, service_id, parts, $4, set_at from funding_rule r
      where r.collaboration_id = $1 and r.urn = $2 and not exists (select from funding_rule n where n.collaboration_id = $1 and n.urn = $3)`,
    [collaborationId, fromUrn, toUrn, who.name],
  );
  return items;
}

/** Budgets of the year that the day is in, locked, so that nobody spends them meanwhile. */
async function leftOfBudgets(tx: Tx, { collaborationId, fromUrn, on }: MoneySuccession): Promise<Left[]> {
  await sql(tx, 'select 1 from funding_budget where collaboration_id = $1 and urn = $2 order by id for update', [collaborationId, fromUrn]);
  const rows = await sql<Left>(
    tx,
    `select b.id, b.kind, b.name, b.conditions, b.restricted, greatest(f.spent, 0)::bigint as "spentPence", (b.pence - greatest(f.spent, 0))::bigint as "leftPence"
       from funding_budget b
       cross join lateral (select coalesce(sum(f.pence), 0) as spent from share_funding f where f.collaboration_id = b.collaboration_id and f.budget_id = b.id) f
      where b.collaboration_id = $1 and b.urn = $2 and $3::date between b.year_from and b.year_to + 1 order by b.name, b.id`,
    [collaborationId, fromUrn, on],
  );
  return rows.filter(({ leftPence }) => leftPence > 0);
}
