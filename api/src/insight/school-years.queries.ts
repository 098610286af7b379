import { Injectable } from '@nestjs/common';
import type { SchoolYear } from '@fairshare/contract/insight';
import { costCodeOf, type CostCodeChoice } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { financialYearOf } from '@fairshare/domain/ledger';
import { scopeIncludesSchool, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { SchoolsQueries } from '../schools/schools.queries.js';

type Line = SchoolYear['lines'][number];

interface AccruedRow {
  readonly serviceId: string | null;
  readonly serviceName: string | null;
  readonly serviceKind: string | null;
  readonly pence: number;
}

/** The same shares are reported to each school in its own financial year, under the codes of its own return. */
@Injectable()
export class SchoolYears {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #schools: SchoolsQueries;

  constructor(clock: Clock, database: Database, schools: SchoolsQueries) {
    this.#clock = clock;
    this.#database = database;
    this.#schools = schools;
  }

  /** @throws `platform.not-found` for a school that is no member or not the reader's. */
  read(who: Scope, collaborationId: string, urn: string, on: DateOnly | undefined): Promise<SchoolYear> {
    if (!scopeIncludesSchool(who, urn)) throw new DomainError('platform.not-found');
    return this.#database.read(who, async (tx) => {
      const member = (await this.#schools.members(tx, collaborationId, '1900-01-01', '9999-12-31')).find((one) => one.urn === urn);
      if (!member) throw new DomainError('platform.not-found');
      const { kind, name } = member;
      const year = financialYearOf(on ?? this.#clock.today(), kind);
      const choices = await sql<CostCodeChoice>(tx, 'select service_id as "serviceId", school_kind as "schoolKind", code, name from cost_code where collaboration_id = $1', [collaborationId]);
      const accrued = (await accruedOf(tx, collaborationId, urn, year)).map(({ serviceId, serviceName, serviceKind, pence }): Line => {
        const { code, name: codeName } = costCodeOf(kind, { id: serviceId, kind: serviceKind }, choices);
        return { code, name: codeName, serviceName, invoicedPence: 0, vatPence: 0, toInvoicePence: pence, totalPence: pence };
      });
      const lines = together([...(await billedOf(tx, collaborationId, urn, year)), ...accrued]);
      return { urn, schoolName: name, kind, system: kind === 'academy' ? 'AAR' : 'CFR', year, lines, totalPence: lines.reduce((sum, { totalPence }) => sum + totalPence, 0) };
    });
  }
}

/** Lines of one code and service as one, by code. */
function together(lines: readonly Line[]): Line[] {
  const byCode = new Map<string, Line>();
  for (const line of lines) {
    const key = JSON.stringify([line.code, line.name, line.serviceName]);
    const before = byCode.get(key);
    byCode.set(key, before ? {
      ...before, invoicedPence: before.invoicedPence + line.invoicedPence, vatPence: before.vatPence + line.vatPence,
      toInvoicePence: before.toInvoicePence + line.toInvoicePence, totalPence: before.totalPence + line.totalPence,
    } : line);
  }
  return [...byCode.values()].sort((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true }) || (a.serviceName ?? '').localeCompare(b.serviceName ?? '', 'en'));
}

/** What was issued keeps the code that it had, and counts where its share does; a credit note after that was closed counts in the first open period. */
function billedOf(tx: Tx, collaborationId: string, urn: string, { from, to }: { from: DateOnly; to: DateOnly }): Promise<Line[]> {
  return sql<Line>(
    tx,
    `select x.code, x.name, x."serviceName", 0 as "toInvoicePence", sum(x.net)::bigint as "invoicedPence", sum(x.vat)::bigint as "vatPence", sum(x.net)::bigint as "totalPence"
       from invoice i
       join invoice_line l on l.collaboration_id = i.collaboration_id and l.invoice_id = i.id
       join share s on s.collaboration_id = l.collaboration_id and s.id = l.share_id
       join share_set t on t.collaboration_id = s.collaboration_id and t.charge_id = s.charge_id
      cross join lateral (
         select l.cost_code as code, l.cost_name as name, l.service_name as "serviceName", l.net_pence as net, l.vat_pence as vat, t.counts_on as "on"
          union all
         select l.cost_code, l.cost_name, l.service_name, 0 - n.net_pence, 0 - n.vat_pence,
                greatest(t.counts_on, (select max(p.through_on) + 1 from period_close p where p.collaboration_id = c.collaboration_id and p.closed_at < c.issued_on + 1))
           from credit_note_line n join credit_note c on c.collaboration_id = n.collaboration_id and c.id = n.credit_note_id
          where n.collaboration_id = l.collaboration_id and n.invoice_line_id = l.id) x
      where i.collaboration_id = $1 and i.urn = $2 and i.issued_on is not null and x."on" between $3 and $4
      group by x.code, x.name, x."serviceName"`,
    [collaborationId, urn, from, to],
  );
}

function accruedOf(tx: Tx, collaborationId: string, urn: string, { from, to }: { from: DateOnly; to: DateOnly }): Promise<AccruedRow[]> {
  return sql<AccruedRow>(
    tx,
    `select v.id as "serviceId", v.name as "serviceName", v.kind as "serviceKind", sum(s.pence)::bigint as pence
       from share_set t
       join charge c on c.collaboration_id = t.collaboration_id and c.id = t.charge_id
       join share s on s.collaboration_id = t.collaboration_id and s.charge_id = t.charge_id
       left join agreement a on a.collaboration_id = c.collaboration_id and a.id = c.agreement_id
       left join service v on v.collaboration_id = a.collaboration_id and v.id = a.service_id
      where t.collaboration_id = $1 and s.urn = $2 and t.counts_on between $3 and $4
        and not exists (select from invoice_line l join invoice i on i.collaboration_id = l.collaboration_id and i.id = l.invoice_id
                         where l.collaboration_id = s.collaboration_id and l.share_id = s.id and i.issued_on is not null)
      group by v.id, v.name, v.kind having sum(s.pence) <> 0`,
    [collaborationId, urn, from, to],
  );
}
