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
      const overCovered = await overCoveredCharges(tx, collaborationId, period);
      const money = await moneySums(tx, collaborationId, period);
      const sums = {
        charges: totals.chargedPence, shares: totals.sharedPence, invoiced: documents.invoiced, journalled: documents.journalled,
        notYetInvoiced: totals.unclaimedPence + documents.drafted, supplierBills: bills.billed, passedOn: bills.passedOn - sumOf(overCovered), carried: bills.carried, ...money,
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
          'bill-over-covered': overCovered,
        }),
        waiting: listed({
          'share-not-invoiced': open.map(shareRecord),
          'draft-not-issued': await drafts(tx, collaborationId, period),
          'bank-line-not-matched': await openLines(tx, collaborationId, period),
          'charge-not-billed': await unbilledCharges(tx, collaborationId, period),
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
    `select coalesce(sum(l.net_pence) filter (where i.issued_on is not null and i.kind <> 'journal'), 0)::bigint as invoiced,
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

/** Charges that pass on more of suppliers' bills than they still are, since they were put right: counted with the last bill they cover. */
function overCoveredCharges(tx: Tx, collaborationId: string, { from, to }: DatePeriod): Promise<RecordOf[]> {
  return sql<RecordOf>(
    tx,
    `select 'charge' as kind, r.id, r.description, (x.covered - case when x.covered > 0 then greatest(f.charged, 0) else least(f.charged, 0) end)::bigint as pence
       from (select coalesce(c.corrects_charge_id, c.id) as id, sum(v.pence) as covered, max(b.billed_on) as billed_on
               from bill_cover v join charge c on c.collaboration_id = v.collaboration_id and c.id = v.charge_id
               join supplier_bill_line l on l.collaboration_id = v.collaboration_id and l.id = v.supplier_bill_line_id
               join supplier_bill b on b.collaboration_id = l.collaboration_id and b.id = l.supplier_bill_id
              where v.collaboration_id = $1 group by 1 having sum(v.pence) <> 0) x
       join charge r on r.collaboration_id = $1 and r.id = x.id, lateral billing_charge_covered($1::uuid, r.id) f
      where x.billed_on between $2 and $3 and (x.covered > greatest(f.charged, 0) or x.covered < least(f.charged, 0))
      order by x.billed_on, r.id`,
    [collaborationId, from, to],
  );
}

/** What schools were charged for an outside supplier's work and no bill of the supplier asks for yet: delivered, and not billed. */
function unbilledCharges(tx: Tx, collaborationId: string, { from, to }: DatePeriod): Promise<RecordOf[]> {
  return sql<RecordOf>(
    tx,
    `select 'charge' as kind, c.id, c.description, (f.charged - f.covered)::bigint as pence
       from charge c
       join agreement a on a.collaboration_id = c.collaboration_id and a.id = c.agreement_id
       join supplier s on s.collaboration_id = a.collaboration_id and s.id = a.supplier_id and s.kind <> 'member-school',
            lateral billing_charge_covered(c.collaboration_id, c.id) f
      where c.collaboration_id = $1 and c.counts_on between $2 and $3 and c.corrects_charge_id is null and c.kind in ('booking', 'overage', 'late-cancellation', 'instalment', 'minimum-commitment')
        and f.charged > f.covered and f.covered >= 0
      order by c.counts_on, c.id`,
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
