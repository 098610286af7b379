import { Injectable } from '@nestjs/common';
import type { PeriodQuery, SharedCosts, WhatIfBasis } from '@fairshare/contract/sharing';
import { formatThousandths } from '@fairshare/domain/kernel/fraction';
import { BookingsQueries } from '../bookings/bookings.queries.js';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { Bases } from './bases.js';
import { grouped } from './grouped.js';
import type { Use } from './new-charge.js';
import { inWords } from './rule-in-words.js';
import { shareTotals } from './shares.queries.js';

const schoolsOf = (who: Scope) => (who.schoolUrns === 'all' ? null : who.schoolUrns);

/** What a period cost whom, and what another rule would have made of it. */
@Injectable()
export class SharedCostsQueries {
  readonly #bases: Bases;
  readonly #bookings: BookingsQueries;
  readonly #database: Database;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;
  constructor(bases: Bases, bookings: BookingsQueries, database: Database, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#bases = bases;
    this.#bookings = bookings;
    this.#database = database;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  /** Schools × services. A reader of single schools sees their rows only. */
  async matrix(who: Scope, collaborationId: string, { from, to }: PeriodQuery): Promise<SharedCosts> {
    return this.#database.read(who, async (tx) => {
      const rows = await sql<{ urn: string; agreementId: string | null; pence: number }>(
        tx,
        `select s.urn, c.agreement_id as "agreementId", sum(s.pence)::bigint as pence
           from share_set t join charge c on c.collaboration_id = t.collaboration_id and c.id = t.charge_id
           join share s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
          where t.collaboration_id = $1 and t.counts_on between $2 and $3 and ($4::text[] is null or s.urn = any ($4))
          group by s.urn, c.agreement_id`,
        [collaborationId, from, to, schoolsOf(who)],
      );
      const services = new Map((await this.#procurement.agreements(tx, collaborationId)).map((a) => [a.id, a.service]));
      const names = await this.#schools.names(tx, [...new Set(rows.map(({ urn }) => urn))]);
      const cells = rows.map((row) => ({ urn: row.urn, pence: row.pence, service: row.agreementId ? (services.get(row.agreementId) ?? null) : null }));
      const totals = await this.#totals(tx, who, collaborationId, { from, to }, sum(cells));
      return { from, to, services: columnsOf(cells), schools: rowsOf(cells, names), ...totals };
    });
  }

  /** Last period's real charges, today's rule and everybody's weights: enough to try another rule in the browser. */
  async whatIfBasis(who: Scope, collaborationId: string, agreementId: string, period: PeriodQuery): Promise<WhatIfBasis> {
    return this.#database.read(who, async (tx) => {
      const agreement = await this.#procurement.agreement(tx, collaborationId, agreementId);
      const on = period.to < agreement.startsOn ? agreement.startsOn : period.to;
      const inForce = await this.#procurement.ruleInForce(tx, collaborationId, agreementId, on);
      const parts = await this.#bases.partsOf(tx, collaborationId, agreement, inForce.leavers, period);
      const urns = [...new Set(parts.map(({ urn }) => urn))];
      const charges = await this.#withUse(tx, collaborationId, agreementId, await chargesByRule(tx, collaborationId, agreementId, period));
      const others = [...new Set(charges.flatMap(({ use }) => use.map(({ urn }) => urn)))].filter((urn) => !urns.includes(urn));
      const names = await this.#schools.names(tx, [...urns, ...others]);
      const pupils = await this.#schools.pupilNumbers(tx, urns, 'pupils', inForce.censusOn);
      const premium = await this.#schools.pupilNumbers(tx, urns, 'pupil-premium', inForce.censusOn);
      return {
        agreementId, agreementName: agreement.name, ...period,
        charges,
        others: others.map((urn) => ({ urn, name: names.get(urn) ?? urn })),
        ruleNow: inForce.rule,
        ruleNowInWords: inWords(inForce.rule, inForce),
        participants: parts.map(({ urn, from, to }) => ({
          urn, name: names.get(urn) ?? urn, from: from ?? agreement.startsOn, to: to ?? null,
          pupils: formatThousandths(pupils.get(urn)?.thousandths ?? 0),
          pupilPremium: formatThousandths(premium.get(urn)?.thousandths ?? 0),
          basisPoints: inForce.fixedBasisPoints[urn] ?? 0,
        })),
        pupilsCensusOn: latest(pupils),
        pupilPremiumCensusOn: latest(premium),
      };
    });
  }

  /** A session brings its own minutes; for what covers days, what was delivered on them counts. */
  async #withUse(tx: Tx, collaborationId: string, agreementId: string, charges: readonly ChargeByRule[]): Promise<WhatIfBasis['charges']> {
    const ofDays = new Map<string, Use[]>();
    const all: WhatIfBasis['charges'] = [];
    for (const { ownUse, ...charge } of charges) {
      const days = `${charge.serviceFrom} ${charge.serviceTo}`;
      if (!ownUse && !ofDays.has(days)) ofDays.set(days, await this.#bookings.deliveredUse(tx, collaborationId, agreementId, charge.serviceFrom, charge.serviceTo));
      all.push({ ...charge, use: (ownUse ?? ofDays.get(days) ?? []).map(({ urn, minutes }) => ({ urn, minutes })) });
    }
    return all;
  }

  async #totals(tx: Tx, who: Scope, collaborationId: string, period: PeriodQuery, ownPence: number) {
    const totals = await shareTotals(tx, collaborationId, period.from, period.to);
    const all = who.schoolUrns === 'all';
    return {
      chargedPence: all ? totals.chargedPence : ownPence,
      sharedPence: all ? totals.sharedPence : ownPence,
      unsharedPence: all ? totals.unsharedPence : 0,
      charges: totals.charges,
      unsharedCharges: all ? totals.unsharedCharges.length : 0,
    };
  }
}

type ChargeByRule = Omit<WhatIfBasis['charges'][number], 'use'> & { readonly ownUse: readonly Use[] | null };

interface Cell {
  readonly urn: string;
  readonly pence: number;
  readonly service: { readonly id: string; readonly name: string; readonly colour: string } | null;
}

const sum = (cells: readonly { readonly pence: number }[]) => cells.reduce((total, { pence }) => total + pence, 0);
const noService = 'No agreement';

function columnsOf(cells: readonly Cell[]): SharedCosts['services'] {
  const columns = [...grouped(cells, ({ service }) => service?.id ?? null)].map(([id, of]) => ({
    id, name: of[0]?.service?.name ?? noService, colour: of[0]?.service?.colour ?? null, pence: sum(of),
  }));
  return columns.sort((a, b) => Number(a.id === null) - Number(b.id === null) || a.name.localeCompare(b.name));
}

function rowsOf(cells: readonly Cell[], names: ReadonlyMap<string, string>): SharedCosts['schools'] {
  const rows = [...grouped(cells, ({ urn }) => urn)].map(([urn, of]) => ({
    urn, name: names.get(urn) ?? urn, pence: sum(of),
    services: [...grouped(of, ({ service }) => service?.id ?? null)].map(([serviceId, some]) => ({ serviceId, pence: sum(some) })),
  }));
  return rows.sort((a, b) => a.name.localeCompare(b.name) || a.urn.localeCompare(b.urn));
}

function latest(numbers: ReadonlyMap<string, { readonly censusOn: string }>): string | null {
  return [...numbers.values()].map(({ censusOn }) => censusOn).sort().at(-1) ?? null;
}

/** What the agreement's rule divided, after corrections; charges with a way of their own would not move with the rule. */
function chargesByRule(tx: Tx, collaborationId: string, agreementId: string, { from, to }: PeriodQuery): Promise<ChargeByRule[]> {
  return sql(
    tx,
    `select c.id, c.description, c.kind, (sum(s.pence))::bigint as pence, c.service_from as "serviceFrom", c.service_to as "serviceTo", c.wanted -> 'use' as "ownUse",
            json_agg(json_build_object('urn', s.urn, 'pence', s.pence) order by s.urn) as shares
       from charge c
       join lateral (
         select s.urn, sum(s.pence)::bigint as pence
           from charge x join share s on s.collaboration_id = x.collaboration_id and s.charge_id = x.id
          where x.collaboration_id = c.collaboration_id and (x.id = c.id or x.corrects_charge_id = c.id)
          group by s.urn) s on true
      where c.collaboration_id = $1 and c.agreement_id = $2 and c.belongs_on between $3 and $4
        and c.corrects_charge_id is null and (c.wanted is null or c.wanted -> 'rule' is null)
      group by c.id having sum(s.pence) <> 0
      order by c.belongs_on, c.id`,
    [collaborationId, agreementId, from, to],
  );
}
