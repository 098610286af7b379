import { Injectable } from '@nestjs/common';
import type { FundedShare, Funding, FundingBudget } from '@fairshare/contract/funding';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { financialYearOf, type FinancialYear } from '@fairshare/domain/ledger';
import { scopeIncludesSchool, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';

interface ShareRow extends Omit<FundedShare, 'serviceName'> {
  readonly agreementId: string | null;
}

/** What a school pays its shares from. */
@Injectable()
export class FundingQueries {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(clock: Clock, database: Database, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#clock = clock;
    this.#database = database;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  read(who: Scope, collaborationId: string, urn: string, on: DateOnly | undefined): Promise<Funding> {
    return this.#database.read(who, (tx) => this.readIn(tx, who, collaborationId, urn, on ?? this.#clock.today()));
  }

  async readIn(tx: Tx, who: Scope, collaborationId: string, urn: string, on: DateOnly): Promise<Funding> {
    const { name, kind, year } = await this.yearOf(tx, who, collaborationId, urn, on);
    const agreements = await this.#procurement.agreements(tx, collaborationId);
    const serviceOf = new Map(agreements.map((agreement) => [agreement.id, agreement.service]));
    const services = new Map(agreements.map(({ service }) => [service.id, service.name]));
    const shares = await sharesOf(tx, collaborationId, urn, year);
    const rules = await sql<{ serviceId: string | null; parts: Funding['rules'][number]['parts'] }>(
      tx, 'select service_id as "serviceId", parts from funding_rule where collaboration_id = $1 and urn = $2 order by service_id nulls first', [collaborationId, urn],
    );
    const { pence: sharesPence, count: shareCount } = await sumOfShares(tx, collaborationId, urn, year);
    const budgets = await budgetRows(tx, collaborationId, urn, year);
    return {
      urn, schoolName: name, kind, year, budgets, sharesPence, shareCount,
      generalPence: sharesPence - budgets.reduce((sum, { spentPence }) => sum + spentPence, 0),
      rules: rules.map((rule) => ({ ...rule, serviceName: rule.serviceId ? (services.get(rule.serviceId) ?? null) : null })),
      services: [...services].map(([id, service]) => ({ id, name: service })).sort((a, b) => a.name.localeCompare(b.name, 'en')),
      shares: shares.map(({ agreementId, ...share }) => ({ ...share, serviceName: agreementId ? (serviceOf.get(agreementId)?.name ?? null) : null })),
    };
  }

  /** The school's own financial year. @throws `platform.not-found` for a school that is no member or not the reader's. */
  async yearOf(tx: Tx, who: Scope, collaborationId: string, urn: string, on: DateOnly): Promise<{ name: string; kind: Funding['kind']; year: FinancialYear }> {
    if (!scopeIncludesSchool(who, urn)) throw new DomainError('platform.not-found');
    const member = (await this.#schools.members(tx, collaborationId, '1900-01-01', '9999-12-31')).find((one) => one.urn === urn);
    if (!member) throw new DomainError('platform.not-found');
    return { name: member.name, kind: member.kind, year: financialYearOf(on, member.kind) };
  }
}

function budgetRows(tx: Tx, collaborationId: string, urn: string, { from }: FinancialYear): Promise<FundingBudget[]> {
  return sql<FundingBudget>(
    tx,
    `select b.id, b.kind, b.name, b.conditions, b.restricted, b.pence, f.spent as "spentPence", (b.pence - f.spent)::bigint as "leftPence"
       from funding_budget b
       left join lateral (select coalesce(sum(f.pence), 0)::bigint as spent from share_funding f where f.collaboration_id = b.collaboration_id and f.budget_id = b.id) f on true
      where b.collaboration_id = $1 and b.urn = $2 and b.year_from = $3
      order by array_position(array['pupil-premium', 'sport-premium', 'high-needs', 'grant', 'notional-sen', 'general'], b.kind), b.name`,
    [collaborationId, urn, from],
  );
}

/** Shares that one answer lists; the sums count all of them. */
const sharesAtMost = 500;

async function sumOfShares(tx: Tx, collaborationId: string, urn: string, { from, to }: FinancialYear): Promise<{ pence: number; count: number }> {
  const [sum] = await sql<{ pence: number; count: number }>(
    tx,
    `select coalesce(sum(s.pence), 0)::bigint as pence, count(*)::int as count
       from share_set t join share s on s.collaboration_id = t.collaboration_id and s.charge_id = t.charge_id
      where t.collaboration_id = $1 and s.urn = $2 and t.counts_on between $3 and $4 and s.pence <> 0`,
    [collaborationId, urn, from, to],
  );
  return sum ?? { pence: 0, count: 0 };
}

/** What no line says is paid from general money. */
function sharesOf(tx: Tx, collaborationId: string, urn: string, { from, to }: FinancialYear): Promise<ShareRow[]> {
  return sql<ShareRow>(
    tx,
    `select s.id as "shareId", c.id as "chargeId", c.description, c.agreement_id as "agreementId", c.belongs_on as "belongsOn", s.pence, i.share_id is not null as "isInvoiced",
            coalesce(f.parts, json_build_array(json_build_object('budgetId', null, 'pence', s.pence))) as parts
       from share_set t
       join charge c on c.collaboration_id = t.collaboration_id and c.id = t.charge_id
       join share s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
       left join share_invoiced i on i.collaboration_id = s.collaboration_id and i.share_id = s.id
       left join lateral (
         select json_agg(json_build_object('budgetId', x.budget_id, 'pence', x.pence) order by x.budget_id) as parts
           from (select budget_id, sum(pence)::bigint as pence from share_funding where collaboration_id = s.collaboration_id and share_id = s.id
                  group by budget_id having sum(pence) <> 0) x) f on true
      where t.collaboration_id = $1 and s.urn = $2 and t.counts_on between $3 and $4 and s.pence <> 0
      order by t.counts_on desc, s.sequence desc limit ${sharesAtMost}`,
    [collaborationId, urn, from, to],
  );
}
