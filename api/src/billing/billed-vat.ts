import type { LineVat } from '@fairshare/domain/billing';
import { sql, type Tx } from '../platform/database.js';
import type { UninvoicedShare } from '../sharing/shares.queries.js';

/** Shares with how their school's part of the charge that they put right was treated for VAT on its invoice: a correction is of the same supply. */
export async function billedVatOf(tx: Tx, collaborationId: string, shares: readonly UninvoicedShare[]): Promise<(UninvoicedShare & { readonly billedVat: LineVat | null })[]> {
  const corrected = [...new Set(shares.flatMap(({ correctsChargeId }) => (correctsChargeId ? [correctsChargeId] : [])))];
  const rows = corrected.length === 0 ? [] : await sql<LineVat & { chargeId: string; urn: string }>(
    tx,
    `select distinct on (l.charge_id, i.urn) l.charge_id as "chargeId", i.urn, l.vat_treatment as treatment, l.vat_basis_points as "basisPoints", l.vat_reason as reason, l.vat_words as words
       from invoice_line l join invoice i on i.collaboration_id = l.collaboration_id and i.id = l.invoice_id
      where l.collaboration_id = $1 and l.charge_id = any ($2) and i.kind <> 'journal'
      order by l.charge_id, i.urn, i.issued_on, i.id`,
    [collaborationId, corrected],
  );
  const billed = new Map(rows.map(({ chargeId, urn, ...vat }) => [`${chargeId} ${urn}`, vat]));
  return shares.map((share) => ({ ...share, billedVat: billed.get(`${share.correctsChargeId} ${share.urn}`) ?? null }));
}
