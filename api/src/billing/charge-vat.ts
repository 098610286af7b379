import type { ChargeVat } from '@fairshare/domain/sharing';
import { sql, type Tx } from '../platform/database.js';

/** The VAT of each charge on these drafts, by the draft's id; lines without VAT are left out. */
export async function chargeVatOfDrafts(tx: Tx, collaborationId: string, invoiceIds: readonly string[]): Promise<Map<string, ChargeVat[]>> {
  const rows = await sql<ChargeVat & { invoiceId: string }>(
    tx,
    `select l.invoice_id as "invoiceId", l.charge_id as "chargeId", l.vat_basis_points as "rateBasisPoints", sum(l.net_pence)::bigint as "netPence", sum(l.vat_pence)::bigint as "vatPence"
       from invoice_line l where l.collaboration_id = $1 and l.invoice_id = any ($2) and l.vat_basis_points > 0
      group by l.invoice_id, l.charge_id, l.vat_basis_points order by l.invoice_id, l.charge_id`,
    [collaborationId, invoiceIds],
  );
  const byInvoice = new Map<string, ChargeVat[]>();
  for (const { invoiceId, ...vat } of rows) byInvoice.set(invoiceId, [...(byInvoice.get(invoiceId) ?? []), vat]);
  return byInvoice;
}

/** What issued invoices bear of the same charges so far, less what credit notes took back. */
export function issuedChargeVat(tx: Tx, collaborationId: string, of: readonly Pick<ChargeVat, 'chargeId'>[]): Promise<ChargeVat[]> {
  if (of.length === 0) return Promise.resolve([]);
  return sql<ChargeVat>(
    tx,
    `select l.charge_id as "chargeId", l.vat_basis_points as "rateBasisPoints",
            (sum(l.net_pence) - coalesce(sum(c.net), 0))::bigint as "netPence", (sum(l.vat_pence) - coalesce(sum(c.vat), 0))::bigint as "vatPence"
       from invoice_line l
       join invoice i on i.collaboration_id = l.collaboration_id and i.id = l.invoice_id and i.issued_on is not null
       left join lateral (select sum(n.net_pence) as net, sum(n.vat_pence) as vat from credit_note_line n
                           where n.collaboration_id = l.collaboration_id and n.invoice_line_id = l.id) c on true
      where l.collaboration_id = $1 and l.charge_id = any ($2) and l.vat_basis_points > 0
      group by l.charge_id, l.vat_basis_points`,
    [collaborationId, [...new Set(of.map(({ chargeId }) => chargeId))]],
  );
}
