import type { BillingChoices, CostCodeChoice, VatChoice } from '@fairshare/domain/billing';
import { sql, type Tx } from '../platform/database.js';

/** How people chose that supplies are treated for VAT, in the order in which they chose. */
export function vatChoicesOf(tx: Tx, collaborationId: string): Promise<VatChoice[]> {
  return sql<VatChoice>(
    tx,
    `select agreement_id as "agreementId", urn, from_on as "fromOn", treatment, rate_basis_points as "rateBasisPoints", reason
       from vat_choice where collaboration_id = $1 order by chosen_at, id`,
    [collaborationId],
  );
}

export function costCodeChoicesOf(tx: Tx, collaborationId: string): Promise<CostCodeChoice[]> {
  return sql<CostCodeChoice>(tx, 'select service_id as "serviceId", school_kind as "schoolKind", code, name from cost_code where collaboration_id = $1', [collaborationId]);
}

/** What drafting follows instead of the defaults. */
export async function choicesOf(tx: Tx, collaborationId: string): Promise<BillingChoices> {
  const disputed = await sql<{ shareId: string }>(tx, `select share_id as "shareId" from dispute where collaboration_id = $1 and state = 'open'`, [collaborationId]);
  return { vat: await vatChoicesOf(tx, collaborationId), costCodes: await costCodeChoicesOf(tx, collaborationId), disputedShareIds: new Set(disputed.map(({ shareId }) => shareId)) };
}
