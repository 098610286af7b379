import { Injectable } from '@nestjs/common';
import type { BankLine, BankLinesQuery, Match, Suggestion as SuggestionAnswer } from '@fairshare/contract/billing';
import { documentNumber, suggestMatches, type OpenBill, type OpenInvoice, type OpenLine, type RecordedPayment, type Suggestion } from '@fairshare/domain/billing';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { invoicesWithSums, type InvoiceRow } from './invoice-rows.js';

interface LineRow extends Omit<BankLine, 'match' | 'suggestion'> {
  readonly matchId: string | null;
  readonly paymentId: string;
  readonly reason: string;
  readonly matchedBy: string;
  readonly matchedAt: Date;
  readonly heldPence: number;
  readonly urn: string | null;
  readonly spent: readonly { id: string; seriesNumber: number; pence: number }[] | null;
}

/** Open lines that suggestions are worked out for at a time; the oldest first. */
const openAtMost = 1000;

/** The bank's lines with what they match, or what they may. Suggestions are worked out each time; none is stored. */
@Injectable()
export class BankLineQueries {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #schools: SchoolsQueries;
  readonly #procurement: ProcurementQueries;

  constructor(database: Database, clock: Clock, schools: SchoolsQueries, procurement: ProcurementQueries) {
    this.#database = database;
    this.#clock = clock;
    this.#schools = schools;
    this.#procurement = procurement;
  }

  async list(who: Scope, collaborationId: string, query: BankLinesQuery) {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => {
      const wanted = `
         from bank_line b
         left join bank_match m on m.collaboration_id = b.collaboration_id and m.bank_line_id = b.id and m.undone_at is null
        where b.collaboration_id = $1 and ($2::date is null or b.booked_on >= $2) and ($3::date is null or b.booked_on <= $3)
          and ($4 = 'all' or ($4 = 'open') = (m.id is null))`;
      const values = [collaborationId, query.from ?? null, query.to ?? null, query.state];
      const rows = await this.#rows(tx, wanted, values, query);
      const [sums] = await sql<{ total: number; open: number }>(tx, `select count(*) as total, coalesce(sum(b.pence) filter (where m.id is null), 0)::bigint as open ${wanted}`, values);
      const suggested = await this.suggestions(tx, collaborationId);
      const answers = await this.#answers(tx, collaborationId, suggested);
      const names = await this.#schools.names(tx, rows.flatMap((row) => row.urn ?? []));
      return {
        items: rows.map((row) => lineOf(row, names, answers.get(row.id) ?? null)), total: sums?.total ?? 0, page: query.page, size: query.size,
        openPence: sums?.open ?? 0, certain: suggested.filter((suggestion) => suggestion.certain).length,
      };
    });
  }

  /** What the open lines may be, oldest line first. */
  async suggestions(tx: Tx, collaborationId: string): Promise<Suggestion[]> {
    const lines = await sql<OpenLine>(
      tx,
      `select b.id, b.booked_on as "bookedOn", b.description, b.pence from bank_line b
        where b.collaboration_id = $1 and not exists (select from bank_match m where m.collaboration_id = b.collaboration_id and m.bank_line_id = b.id and m.undone_at is null)
        order by b.booked_on, b.position desc limit $2`,
      [collaborationId, openAtMost],
    );
    if (lines.length === 0) return [];
    const invoices = await this.#openInvoices(tx, collaborationId);
    return suggestMatches(lines, { invoices, payments: await this.#recorded(tx, collaborationId), bills: await this.#openBills(tx, collaborationId) });
  }

  async #openInvoices(tx: Tx, collaborationId: string): Promise<OpenInvoice[]> {
    const rows = await sql<InvoiceRow>(tx, `${invoicesWithSums} where i.kind = 'invoice' and i."issuedOn" is not null and i."netPence" + i."vatPence" > i."creditedPence" + i."paidPence" order by i."seriesNumber"`, [collaborationId, this.#clock.today()]);
    const names = await this.#schools.names(tx, rows.map((row) => row.urn));
    return rows.map((row) => ({
      id: row.id, seriesNumber: row.seriesNumber ?? 0, urn: row.urn, schoolName: names.get(row.urn) ?? row.urn,
      outstandingPence: row.netPence + row.vatPence - row.creditedPence - row.paidPence,
    }));
  }

  async #recorded(tx: Tx, collaborationId: string): Promise<RecordedPayment[]> {
    const rows = await sql<{ id: string; paidOn: DateOnly; pence: number; urn: string | null }>(
      tx,
      `select p.id, p.paid_on as "paidOn", p.pence, p.urn from payment p
        where p.collaboration_id = $1 and p.reverses_id is null
          and not exists (select from payment r where r.collaboration_id = p.collaboration_id and r.reverses_id = p.id)
          and not exists (select from bank_match m where m.collaboration_id = p.collaboration_id and m.payment_id = p.id and m.undone_at is null)
        order by p.paid_on, p.id`,
      [collaborationId],
    );
    const names = await this.#schools.names(tx, rows.flatMap((row) => row.urn ?? []));
    return rows.map(({ urn, ...row }) => ({ ...row, schoolName: urn ? (names.get(urn) ?? urn) : null }));
  }

  async #openBills(tx: Tx, collaborationId: string): Promise<OpenBill[]> {
    const rows = await sql<{ id: string; number: string; supplierId: string; outstandingPence: number }>(
      tx,
      `select * from (
         select b.id, b.number, b.supplier_id as "supplierId", b.billed_on,
                ((select coalesce(sum(l.pence), 0) from supplier_bill_line l where l.collaboration_id = b.collaboration_id and l.supplier_bill_id = b.id)
                 + (select coalesce(sum(p.pence), 0) from payment p where p.collaboration_id = b.collaboration_id and p.supplier_bill_id = b.id))::bigint as "outstandingPence"
           from supplier_bill b where b.collaboration_id = $1) b
        where b."outstandingPence" > 0 order by b.billed_on, b.id`,
      [collaborationId],
    );
    if (rows.length === 0) return [];
    const suppliers = await this.#procurement.supplierNames(tx, collaborationId, rows.map((row) => row.supplierId));
    return rows.map((row) => ({ ...row, supplierName: suppliers.get(row.supplierId) ?? '' }));
  }

  /** Suggestions with the invoices' numbers and schools, by bank line. */
  async #answers(tx: Tx, collaborationId: string, suggestions: readonly Suggestion[]): Promise<Map<string, SuggestionAnswer>> {
    const rows = await sql<{ id: string; seriesNumber: number; urn: string }>(
      tx, 'select id, series_number as "seriesNumber", urn from invoice where collaboration_id = $1 and id = any ($2)', [collaborationId, suggestions.flatMap((s) => s.invoices.map((i) => i.id))],
    );
    const names = await this.#schools.names(tx, rows.map((row) => row.urn));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return new Map(suggestions.map(({ bankLineId, invoices, ...rest }) => [bankLineId, {
      ...rest,
      invoices: invoices.map(({ id, pence }) => ({ id, pence, number: documentNumber('invoice', byId.get(id)?.seriesNumber ?? 0), schoolName: names.get(byId.get(id)?.urn ?? '') ?? '' })),
    }]));
  }

  #rows(tx: Tx, wanted: string, values: readonly unknown[], query: BankLinesQuery): Promise<LineRow[]> {
    return sql<LineRow>(
      tx,
      `select b.id, b.account, b.booked_on as "bookedOn", b.type, b.description, b.pence, b.balance_pence as "balancePence",
              m.id as "matchId", m.payment_id as "paymentId", m.reason, m.matched_by as "matchedBy", m.matched_at as "matchedAt", p.urn,
              case when p.supplier_bill_id is null then p.pence - coalesce(s.pence, 0) else 0 end::bigint as "heldPence", s.spent
         from (select b.* ${wanted} order by b.booked_on desc, b.position, b.id limit $5 offset $6) b
         left join bank_match m on m.collaboration_id = b.collaboration_id and m.bank_line_id = b.id and m.undone_at is null
         left join payment p on p.collaboration_id = m.collaboration_id and p.id = m.payment_id
         left join lateral (
           select sum(x.pence) as pence, json_agg(json_build_object('id', x.invoice_id, 'seriesNumber', x.series_number, 'pence', x.pence) order by x.series_number) as spent
             from (select a.invoice_id, i.series_number, sum(a.pence) as pence
                     from allocation a join invoice i on i.collaboration_id = a.collaboration_id and i.id = a.invoice_id
                    where a.collaboration_id = p.collaboration_id and a.payment_id = p.id group by 1, 2 having sum(a.pence) <> 0) x) s on true
        order by b.booked_on desc, b.position, b.id`,
      [...values, query.size, (query.page - 1) * query.size],
    );
  }
}

function lineOf(row: LineRow, names: ReadonlyMap<string, string>, suggestion: SuggestionAnswer | null): BankLine {
  const schoolName = row.urn ? (names.get(row.urn) ?? row.urn) : '';
  const match: Match | null = row.matchId === null ? null : {
    id: row.matchId, bankLineId: row.id, paymentId: row.paymentId, reason: row.reason, matchedBy: row.matchedBy, matchedAt: row.matchedAt.toISOString(), heldPence: row.heldPence,
    invoices: (row.spent ?? []).map((part) => ({ id: part.id, number: documentNumber('invoice', part.seriesNumber), schoolName, pence: part.pence })),
  };
  const { id, account, bookedOn, type, description, pence, balancePence } = row;
  return { id, account, bookedOn, type, description, pence, balancePence, match, suggestion: match ? null : suggestion };
}
