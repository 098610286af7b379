import type { Invoice, InvoiceLine } from '@fairshare/contract/billing';
import { documentNumber } from '@fairshare/domain/billing';
import type { Scope } from '../platform/actor.js';
import { sql, type Tx } from '../platform/database.js';
import { seesStreams, streamsOf } from '../sharing/share-streams.js';

type LineDispute = InvoiceLine['disputes'][number];
type LineRow = Omit<InvoiceLine, 'costCode' | 'paidFrom' | 'disputes' | 'disputeId'> & { costSystem: 'CFR' | 'AAR'; costCode: string; costName: string };
type DisputeRow = Omit<LineDispute, 'creditNoteNumber' | 'decidedOn'> & { shareId: string; creditNumber: number | null; decidedAt: Date | null };

/** The lines of an invoice, each with its disputes and, for those who may know, the streams it is paid from. */
export async function linesOf(tx: Tx, who: Scope, collaborationId: string, invoiceId: string): Promise<InvoiceLine[]> {
  const rows = await sql<LineRow>(
    tx,
    `select l.id, l.position, l.share_id as "shareId", l.charge_id as "chargeId", l.description, l.service_name as "serviceName", l.agreement_name as "agreementName",
            l.service_from as "serviceFrom", l.service_to as "serviceTo", l.net_pence as "netPence", l.vat_pence as "vatPence", l.vat_basis_points as "vatBasisPoints",
            l.vat_treatment as "vatTreatment", l.vat_words as "vatWords", l.suppliers_vat_pence as "suppliersVatPence", l.cost_system as "costSystem", l.cost_code as "costCode", l.cost_name as "costName",
            (select coalesce(sum(c.net_pence + c.vat_pence), 0)::bigint from credit_note_line c
              where c.collaboration_id = l.collaboration_id and c.invoice_line_id = l.id) as "creditedPence"
       from invoice_line l where l.collaboration_id = $1 and l.invoice_id = $2 order by l.position`,
    [collaborationId, invoiceId],
  );
  const shareIds = rows.map(({ shareId }) => shareId);
  const disputes = await disputesOf(tx, collaborationId, shareIds);
  const streams = seesStreams(who) ? await streamsOf(tx, collaborationId, shareIds) : null;
  return rows.map(({ costSystem, costCode, costName, ...line }) => {
    const own = disputes.filter(({ shareId }) => shareId === line.shareId);
    return {
      ...line, costCode: { system: costSystem, code: costCode, name: costName },
      paidFrom: streams && (streams.get(line.shareId) ?? [{ name: null, pence: line.netPence }]),
      disputeId: own.find(({ state }) => state === 'open')?.id ?? null, disputes: own.map(disputeOf),
    };
  });
}

function disputeOf({ id, state, reason, decision, decidedAt, upheldPence, creditNumber }: DisputeRow): LineDispute {
  return {
    id, state, reason, decision, decidedOn: decidedAt?.toISOString().slice(0, 10) ?? null, upheldPence,
    creditNoteNumber: creditNumber === null ? null : documentNumber('credit-note', creditNumber),
  };
}

function disputesOf(tx: Tx, collaborationId: string, shareIds: readonly string[]): Promise<DisputeRow[]> {
  return sql<DisputeRow>(
    tx,
    `select d.id, d.share_id as "shareId", d.state, d.reason, d.decision, d.decided_at as "decidedAt", d.upheld_pence as "upheldPence", n.series_number as "creditNumber"
       from dispute d left join credit_note n on n.collaboration_id = d.collaboration_id and n.id = d.credit_note_id
      where d.collaboration_id = $1 and d.share_id = any ($2) order by d.opened_at, d.id`,
    [collaborationId, shareIds],
  );
}

/** Net and VAT by treatment and rate, the highest rate first. */
export function vatRatesOf(lines: readonly InvoiceLine[]): Invoice['vatRates'] {
  const rates = new Map<string, Invoice['vatRates'][number]>();
  for (const line of lines) {
    const key = `${line.vatTreatment} ${line.vatBasisPoints}`;
    const rate = rates.get(key) ?? { basisPoints: line.vatBasisPoints, treatment: line.vatTreatment, netPence: 0, vatPence: 0, words: line.vatWords };
    rates.set(key, { ...rate, netPence: rate.netPence + line.netPence, vatPence: rate.vatPence + line.vatPence });
  }
  return [...rates.values()].sort((a, b) => b.basisPoints - a.basisPoints);
}
