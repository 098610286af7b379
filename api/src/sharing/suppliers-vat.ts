import { suppliersVatByShare } from '@fairshare/domain/sharing';
import { sql, type Tx } from '../platform/database.js';
import { grouped } from './grouped.js';

interface ShareRow {
  readonly rootId: string;
  readonly chargeId: string;
  readonly shareId: string;
  readonly urn: string;
  readonly pence: number;
}

/** The part of each share that is VAT which the supplier charged, by share; shares without any are left out. */
export async function suppliersVatOf(tx: Tx, collaborationId: string, chargeIds: readonly string[]): Promise<Map<string, number>> {
  const roots = await sql<{ chargeId: string; pence: number }>(
    tx,
    `select v.charge_id as "chargeId", v.pence from charge_suppliers_vat v
      where v.collaboration_id = $1 and v.charge_id in (select coalesce(c.corrects_charge_id, c.id) from charge c where c.collaboration_id = $1 and c.id = any ($2))`,
    [collaborationId, chargeIds],
  );
  if (roots.length === 0) return new Map();
  const rows = await sql<ShareRow>(
    tx,
    `select coalesce(c.corrects_charge_id, c.id) as "rootId", c.id as "chargeId", s.id as "shareId", s.urn, s.pence
       from charge c join share s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
      where c.collaboration_id = $1 and (c.id = any ($2) or c.corrects_charge_id = any ($2)) order by s.sequence`,
    [collaborationId, roots.map(({ chargeId }) => chargeId)],
  );
  const byRoot = grouped(rows, ({ rootId }) => rootId);
  const within = new Map<string, number>();
  for (const { chargeId, pence } of roots) {
    const shares = byRoot.get(chargeId) ?? [];
    const first = shares.filter((share) => share.chargeId === chargeId);
    if (first.length === 0) continue;
    for (const [shareId, vatPence] of suppliersVatByShare(pence, first, shares.filter((share) => share.chargeId !== chargeId))) within.set(shareId, vatPence);
  }
  return within;
}
