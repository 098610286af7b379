import { Injectable } from '@nestjs/common';
import type { CreditNote, Invoice, InvoicesQuery, Payment } from '@fairshare/contract/billing';
import { documentNumber, quotedInvoiceNumbers } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { creditNoteDocument, type BillingDocument, type CreditedLine } from './billing-document.js';
import { linesOf, vatRatesOf } from './invoice-lines.js';
import { invoicesWithSums, summaryOf, type InvoiceRow } from './invoice-rows.js';
import { Issuers } from './issuers.service.js';
import type { Parties } from './parties.js';

/** Invoices as their readers see them: a school its own once they are issued, the finance officer all. */
@Injectable()
export class InvoiceQueries {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #schools: SchoolsQueries;
  readonly #issuers: Issuers;

  constructor(database: Database, clock: Clock, schools: SchoolsQueries, issuers: Issuers) {
    this.#database = database;
    this.#clock = clock;
    this.#schools = schools;
    this.#issuers = issuers;
  }

  async list(who: Scope, collaborationId: string, query: InvoicesQuery) {
    return this.#database.read(who, async (tx) => {
      const names = await this.#namesOfBilled(tx, collaborationId);
      const words = query.query?.toLowerCase();
      const found = words ? [...names].filter(([urn, name]) => name.toLowerCase().includes(words) || urn === words).map(([urn]) => urn) : null;
      const numbers = words ? quotedInvoiceNumbers(/^\d+$/.test(words) ? `INV${words}` : words) : null;
      const wanted = `
        from (${invoicesWithSums}) i
       where ($3::text[] is null or (i.urn = any ($3) and i."issuedOn" is not null)) and ($4::text is null or i.standing = $4) and ($5::text is null or i.urn = $5)
         and ($6::uuid is null or i."runId" = $6) and ($7::date is null or coalesce(i."issuedOn", i."serviceTo") >= $7)
         and ($8::date is null or coalesce(i."issuedOn", i."serviceTo") <= $8)
         and ($9::text[] is null or i.urn = any ($9) or (i.kind = 'invoice' and i."seriesNumber" = any ($10::bigint[])))`;
      const values = [
        collaborationId, this.#clock.today(), who.schoolUrns === 'all' ? null : who.schoolUrns, query.standing ?? null, query.schoolUrn ?? null,
        query.runId ?? null, query.from ?? null, query.to ?? null, found, numbers ?? [],
      ];
      const rows = await sql<InvoiceRow>(
        tx, `select i.* ${wanted} order by i."issuedOn" desc nulls first, i."seriesNumber" desc nulls last, i."serviceTo" desc, i.id limit $11 offset $12`,
        [...values, query.size, (query.page - 1) * query.size],
      );
      const [sums] = await sql<{ total: number; gross: number; left: number }>(
        tx,
        `select count(*) as total, coalesce(sum(i."netPence" + i."vatPence"), 0)::bigint as gross,
                coalesce(sum(i."netPence" + i."vatPence" - i."creditedPence" - i."paidPence") filter (where i."issuedOn" is not null and i.kind = 'invoice'), 0)::bigint as left ${wanted}`,
        values,
      );
      return {
        items: rows.map((row) => summaryOf(row, names)), total: sums?.total ?? 0, page: query.page, size: query.size,
        grossPence: sums?.gross ?? 0, outstandingPence: sums?.left ?? 0,
      };
    });
  }

  async read(who: Scope, collaborationId: string, invoiceId: string): Promise<Invoice> {
    return this.#database.read(who, (tx) => this.readIn(tx, who, collaborationId, invoiceId));
  }

  /** A credit note of an invoice, line by line. @throws `platform.not-found` as for its invoice. */
  async creditNote(who: Scope, collaborationId: string, invoiceId: string, creditNoteId: string): Promise<BillingDocument> {
    return this.#database.read(who, async (tx) => {
      const invoice = await this.readIn(tx, who, collaborationId, invoiceId);
      const note = invoice.creditNotes.find(({ id }) => id === creditNoteId);
      if (!note) throw new DomainError('platform.not-found');
      const lines = await sql<CreditedLine>(
        tx,
        `select c.invoice_line_id as "invoiceLineId", c.net_pence as "netPence", c.vat_pence as "vatPence"
           from credit_note_line c join invoice_line l on l.collaboration_id = c.collaboration_id and l.id = c.invoice_line_id
          where c.collaboration_id = $1 and c.credit_note_id = $2 order by l.position`,
        [collaborationId, creditNoteId],
      );
      return creditNoteDocument(invoice, note, lines);
    });
  }

  /** @throws `platform.not-found` also for another school's invoice and, to schools, for a draft. */
  async readIn(tx: Tx, who: Scope, collaborationId: string, invoiceId: string): Promise<Invoice> {
    const [row] = await sql<InvoiceRow>(tx, `${invoicesWithSums} where i.id = $3`, [collaborationId, this.#clock.today(), invoiceId]);
    if (!row) throw new DomainError('platform.not-found');
    if (who.schoolUrns !== 'all' && (row.issuedOn === null || !who.schoolUrns.includes(row.urn))) throw new DomainError('platform.not-found');
    const lines = await linesOf(tx, who, collaborationId, invoiceId);
    const { issuer, customer } = await this.#parties(tx, collaborationId, row);
    return {
      ...summaryOf(row, new Map([[row.urn, customer.name]])), issuer, customer, lines, vatRates: vatRatesOf(lines),
      creditNotes: await creditNotesOf(tx, collaborationId, invoiceId), payments: await paymentsOf(tx, collaborationId, invoiceId),
    };
  }

  /** A draft shows the parties as they are today, an issued invoice as they were. */
  async #parties(tx: Tx, collaborationId: string, row: InvoiceRow): Promise<Parties> {
    const [kept] = await sql<{ parties: Parties | null }>(tx, 'select parties from invoice where collaboration_id = $1 and id = $2', [collaborationId, row.id]);
    if (kept?.parties) return kept.parties;
    const { issuer, customers } = await this.#issuers.parties(tx, collaborationId, row.issuerUrn, [row.urn]);
    const customer = customers.get(row.urn);
    if (!customer) throw new DomainError('platform.not-found');
    return { issuer, customer };
  }

  async #namesOfBilled(tx: Tx, collaborationId: string): Promise<Map<string, string>> {
    const rows = await sql<{ urn: string }>(tx, 'select distinct urn from invoice where collaboration_id = $1', [collaborationId]);
    return this.#schools.names(tx, rows.map((row) => row.urn));
  }
}

async function creditNotesOf(tx: Tx, collaborationId: string, invoiceId: string): Promise<CreditNote[]> {
  const rows = await sql<Omit<CreditNote, 'number' | 'grossPence'> & { seriesNumber: number }>(
    tx,
    `select n.id, n.series_number as "seriesNumber", n.issued_on as "issuedOn", n.reason, n.issued_by as "issuedBy",
            sum(c.net_pence)::bigint as "netPence", sum(c.vat_pence)::bigint as "vatPence"
       from credit_note n join credit_note_line c on c.collaboration_id = n.collaboration_id and c.credit_note_id = n.id
      where n.collaboration_id = $1 and n.invoice_id = $2 group by n.id order by n.series_number`,
    [collaborationId, invoiceId],
  );
  return rows.map(({ seriesNumber, ...note }) => ({ ...note, number: documentNumber('credit-note', seriesNumber), grossPence: note.netPence + note.vatPence }));
}

function paymentsOf(tx: Tx, collaborationId: string, invoiceId: string): Promise<Payment[]> {
  return sql<Payment>(
    tx,
    `select p.id, p.paid_on as "paidOn", p.pence, sum(a.pence)::bigint as "allocatedPence", p.reference,
            exists (select from bank_match m where m.collaboration_id = p.collaboration_id and m.payment_id = p.id and m.undone_at is null) as matched,
            exists (select from payment r where r.collaboration_id = p.collaboration_id and r.reverses_id = p.id) as reversed
       from allocation a join payment p on p.collaboration_id = a.collaboration_id and p.id = a.payment_id
      where a.collaboration_id = $1 and a.invoice_id = $2 group by p.id, p.collaboration_id having sum(a.pence) <> 0 order by p.paid_on, p.id`,
    [collaborationId, invoiceId],
  );
}
