import { Injectable } from '@nestjs/common';
import type { Reconciliation } from '@fairshare/contract/billing';
import { explain, unexplainedPence, type RecordOf } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DatePeriod } from '@fairshare/domain/kernel/period';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { SharesQueries, type ShareTotals, type UninvoicedShare } from '../sharing/shares.queries.js';

interface DocumentSums {
  readonly invoiced: number;
  readonly journalled: number;
  readonly drafted: number;
}

interface BillSums {
  readonly billed: number;
  readonly passedOn: number;
  readonly carried: number;
}

/** Records of a kind that one answer lists; the sums count all of them. */
const recordsAtMost = 500;

/** The sums of a period and the one that has to be zero. A charge counts in the period it belongs to, or in the next one that was open, whenever it was invoiced. */
@Injectable()
export class ReconciliationQueries {
  readonly #database: Database;
  readonly #shares: SharesQueries;

  constructor(database: Database, shares: SharesQueries) {
    this.#database = database;
    this.#shares = shares;
  }

  async read(who: Scope, collaborationId: string, period: DatePeriod): Promise<Reconciliation> {
    assertAllSchools(who);
    if (period.to < period.from) throw new DomainError('billing.period-reversed', { ...period });
    return this.#database.snapshot(who, async (tx) => {
      const totals = await this.#shares.totals(tx, collaborationId, period.from, period.to);
      const documents = await documentSums(tx, collaborationId, period);
      const bills = await billSums(tx, collaborationId, period);
      const money = await moneySums(tx, collaborationId, period);
      const sums = {
        charges: totals.chargedPence, shares: totals.sharedPence, invoiced: documents.invoiced, journalled: documents.journalled,
        notYetInvoiced: totals.unclaimedPence + documents.drafted, supplierBills: bills.billed, passedOn: bills.passedOn, carried: bills.carried, ...money,
      };
      const open = await this.#shares.uninvoiced(tx, collaborationId, period.from, period.to, { held: true });
      return {
        ...sums,
        unexplained: unexplainedPence(sums),
        differences: listed({
          'charge-not-shared': totals.unsharedCharges.map(chargeRecord),
          'shares-differ-from-charge': remainder('charge', collaborationId, 'Shares that are not their charge', totals.unsharedPence - sumOf(totals.unsharedCharges)),
          'claimed-without-document': remainder('share', collaborationId, 'Shares marked as invoiced that no document has', totals.claimedPence - documents.invoiced - documents.journalled - documents.drafted),
          'bill-not-covered': await uncoveredBills(tx, collaborationId, period),
        }),
        waiting: listed({
          'share-not-invoiced': open.map(shareRecord),
          'draft-not-issued': await drafts(tx, collaborationId, period),
          'bank-line-not-matched': await openLines(tx, collaborationId, period),
        }),
      };
    });
  }
}

/** As the answer has them. */
const listed = (records: Readonly<Record<string, readonly RecordOf[]>>) => explain(records).map((difference) => ({ ...difference, records: difference.records.slice(0, recordsAtMost) }));
const sumOf = (records: readonly { pence: number }[]) => records.reduce((sum, record) => sum + record.pence, 0);
const chargeRecord = (charge: ShareTotals['unsharedCharges'][number]): RecordOf => ({ kind: 'charge', id: charge.chargeId, description: charge.description, pence: charge.pence });
const shareRecord = (share: UninvoicedShare): RecordOf => ({ kind: 'share', id: share.shareId, description: `${share.description} (${share.urn})`, pence: share.pence });

/** What constraints should make impossible; were it there, it would stand in the differences all the same. */
function remainder(kind: RecordOf['kind'], id: string, description: string, pence: number): RecordOf[] {
  return pence === 0 ? [] : [{ kind, id, description, pence }];
}

/** A line counts where its share does, so that what came after a period was closed leaves that period as it was. */
const countedShare = `
       join share s on s.collaboration_id = l.collaboration_id and s.id = l.share_id
       join share_set t on t.collaboration_id = s.collaboration_id and t.charge_id = s.charge_id`;

async function documentSums(tx: Tx, collaborationId: string, { from, to }: DatePeriod): Promise<DocumentSums> {
  const [sums] = await sql<DocumentSums>(
    tx,
    `select coalesce(sum(l.net_pence) filter (where i.issued_on is not null and i.kind = 'invoice'), 0)::bigint as invoiced,
            coalesce(sum(l.net_pence) filter (where i.issued_on is not null and i.kind = 'journal'), 0)::bigint as journalled,
            coalesce(sum(l.net_pence) filter (where i.issued_on is null), 0)::bigint as drafted
       from invoice_line l join invoice i on i.collaboration_id = l.collaboration_id and i.id = l.invoice_id ${countedShare}
      where l.collaboration_id = $1 and t.counts_on between $2 and $3`,
    [collaborationId, from, to],
  );
  return sums as DocumentSums;
}

async function billSums(tx: Tx, collaborationId: string, { from, to }: DatePeriod): Promise<BillSums> {
  const [sums] = await sql<BillSums>(
    tx,
    `select coalesce(sum(l.pence), 0)::bigint as billed, coalesce(sum(c.passed_on), 0)::bigint as "passedOn", coalesce(sum(c.carried), 0)::bigint as carried
       from supplier_bill b join supplier_bill_line l on l.collaboration_id = b.collaboration_id and l.supplier_bill_id = b.id
       left join lateral (
         select sum(c.pence) filter (where c.charge_id is not null) as passed_on, sum(c.pence) filter (where c.charge_id is null) as carried
           from bill_cover c where c.collaboration_id = l.collaboration_id and c.supplier_bill_line_id = l.id) c on true
      where b.collaboration_id = $1 and b.billed_on between $2 and $3`,
    [collaborationId, from, to],
  );
  return sums as BillSums;
}

async function moneySums(tx: Tx, collaborationId: string, { from, to }: DatePeriod): Promise<{ received: number; paidOut: number }> {
  const [sums] = await sql<{ received: number; paidOut: number }>(
    tx,
    `select coalesce(sum(pence) filter (where urn is not null), 0)::bigint as received, coalesce(0 - sum(pence) filter (where urn is null), 0)::bigint as "paidOut"
       from payment where collaboration_id = $1 and paid_on between $2 and $3`,
    [collaborationId, from, to],
  );
  return sums as { received: number; paidOut: number };
}

/** Lines of bills that neither a charge passes on nor the collaboration carries, as far as they are left. */
function uncoveredBills(tx: Tx, collaborationId: string, { from, to }: DatePeriod): Promise<RecordOf[]> {
  return sql<RecordOf>(
    tx,
    `select 'supplier-bill' as kind, x.id, x.description, x.pence from (
       select b.id, b.number || ': ' || l.description as description, b.billed_on, l.position,
              (l.pence - (select coalesce(sum(c.pence), 0) from bill_cover c where c.collaboration_id = l.collaboration_id and c.supplier_bill_line_id = l.id))::bigint as pence
         from supplier_bill b join supplier_bill_line l on l.collaboration_id = b.collaboration_id and l.supplier_bill_id = b.id
        where b.collaboration_id = $1 and b.billed_on between $2 and $3) x
      where x.pence <> 0 order by x.billed_on, x.id, x.position`,
    [collaborationId, from, to],
  );
}

function drafts(tx: Tx, collaborationId: string, { from, to }: DatePeriod): Promise<RecordOf[]> {
  return sql<RecordOf>(
    tx,
    `select 'invoice' as kind, i.id, 'Draft for ' || i.urn as description, sum(l.net_pence)::bigint as pence
       from invoice_line l join invoice i on i.collaboration_id = l.collaboration_id and i.id = l.invoice_id ${countedShare}
      where l.collaboration_id = $1 and t.counts_on between $2 and $3 and i.issued_on is null group by i.id order by i.urn, i.id`,
    [collaborationId, from, to],
  );
}

function openLines(tx: Tx, collaborationId: string, { from, to }: DatePeriod): Promise<RecordOf[]> {
  return sql<RecordOf>(
    tx,
    `select 'bank-line' as kind, b.id, b.description, b.pence from bank_line b
      where b.collaboration_id = $1 and b.booked_on between $2 and $3
        and not exists (select from bank_match m where m.collaboration_id = b.collaboration_id and m.bank_line_id = b.id and m.undone_at is null)
      order by b.booked_on, b.position limit ${recordsAtMost}`,
    [collaborationId, from, to],
  );
}
