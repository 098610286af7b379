import type { InvoiceSummary } from '@fairshare/contract/billing';
import { documentNumber, type DocumentKind } from '@fairshare/domain/billing';
import type { DateOnly } from '@fairshare/domain/kernel/period';

/** An invoice with its sums, as SQL gives it. */
export interface InvoiceRow {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly seriesNumber: number | null;
  readonly issuerUrn: string;
  readonly urn: string;
  readonly runId: string;
  readonly serviceFrom: DateOnly;
  readonly serviceTo: DateOnly;
  readonly issuedOn: DateOnly | null;
  readonly dueOn: DateOnly | null;
  readonly netPence: number;
  readonly vatPence: number;
  readonly creditedPence: number;
  readonly paidPence: number;
  readonly disputedPence: number;
  readonly standing: InvoiceSummary['standing'];
}

/**
 * Invoices of the collaboration $1 with what was billed, credited and paid, and where they stand on the day $2: the same
 * order of questions as `invoiceStanding`, which a test compares. Append `where` and `order by` on `i`.
 */
export const invoicesWithSums = `
  select i.*, case
           when i."issuedOn" is null then 'draft'
           when i.kind <> 'invoice' then i.kind
           when i."netPence" + i."vatPence" - i."creditedPence" - i."paidPence" <= 0 then case when i."paidPence" = 0 and i."creditedPence" > 0 then 'credited' else 'paid' end
           when i."netPence" + i."vatPence" - i."creditedPence" - i."paidPence" - i."disputedPence" <= 0 then 'disputed'
           when i."dueOn" < $2::date then 'overdue'
           when i."paidPence" > 0 then 'part-paid'
           else 'open' end as standing
    from (
      select i.id, i.collaboration_id, i.kind, i.series_number as "seriesNumber", i.issuer_urn as "issuerUrn", i.urn, i.run_id as "runId",
             i.service_from as "serviceFrom", i.service_to as "serviceTo", i.issued_on as "issuedOn", i.due_on as "dueOn",
             l.net as "netPence", l.vat as "vatPence", l.credited as "creditedPence", l.disputed as "disputedPence", a.paid as "paidPence"
        from invoice i
        left join lateral (
          select coalesce(sum(l.net_pence), 0)::bigint as net, coalesce(sum(l.vat_pence), 0)::bigint as vat, coalesce(sum(c.credited), 0)::bigint as credited,
                 coalesce(sum(l.net_pence + l.vat_pence - coalesce(c.credited, 0)) filter (where d.id is not null), 0)::bigint as disputed
            from invoice_line l
            left join dispute d on d.collaboration_id = l.collaboration_id and d.share_id = l.share_id and d.state = 'open'
            left join lateral (select sum(c.net_pence + c.vat_pence) as credited from credit_note_line c
                                where c.collaboration_id = l.collaboration_id and c.invoice_line_id = l.id) c on true
           where l.collaboration_id = i.collaboration_id and l.invoice_id = i.id) l on true
        left join lateral (select coalesce(sum(a.pence), 0)::bigint as paid from allocation a where a.collaboration_id = i.collaboration_id and a.invoice_id = i.id) a on true
       where i.collaboration_id = $1) i`;

export function summaryOf(row: InvoiceRow, names: ReadonlyMap<string, string>): InvoiceSummary {
  const grossPence = row.netPence + row.vatPence;
  return {
    id: row.id, kind: row.kind, number: row.kind === 'journal' || row.seriesNumber === null ? null : documentNumber(row.kind, row.seriesNumber), urn: row.urn,
    schoolName: names.get(row.urn) ?? row.urn, runId: row.runId, serviceFrom: row.serviceFrom, serviceTo: row.serviceTo, issuedOn: row.issuedOn, dueOn: row.dueOn,
    netPence: row.netPence, vatPence: row.vatPence, grossPence, creditedPence: row.creditedPence, paidPence: row.paidPence,
    outstandingPence: row.issuedOn === null || row.kind !== 'invoice' ? 0 : grossPence - row.creditedPence - row.paidPence,
    disputedPence: disputedPenceOf(row), standing: row.standing,
  };
}

/** What is left to pay of an issued invoice that waits for a dispute. */
export function disputedPenceOf(row: InvoiceRow): number {
  if (row.issuedOn === null || row.kind !== 'invoice') return 0;
  return Math.max(0, Math.min(row.disputedPence, row.netPence + row.vatPence - row.creditedPence - row.paidPence));
}
