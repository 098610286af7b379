import { add, formatFraction, parseFraction, zero, type Fraction } from '@fairshare/domain/kernel/fraction';
import { sql, type Tx } from '../platform/database.js';

/** What is left of one school's part in a charge after everything that was added to it and given back. */
export interface LeftShare {
  /** The school's share of the first charge. */
  readonly shareId: string;
  readonly urn: string;
  readonly pence: number;
  readonly exactPence: string;
}

/** School by school, in the order in which they were charged. */
export async function leftOf(tx: Tx, first: { readonly collaborationId: string; readonly id: string }): Promise<LeftShare[]> {
  const rows = await sql<LeftShare>(
    tx,
    `select s.id as "shareId", s.urn, s.pence, s.exact_pence as "exactPence"
       from charge c join share s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
      where c.collaboration_id = $1 and (c.id = $2 or c.corrects_charge_id = $2) order by s.sequence`,
    [first.collaborationId, first.id],
  );
  const left = new Map<string, { shareId: string; pence: number; exact: Fraction }>();
  for (const row of rows) {
    const before = left.get(row.urn) ?? { shareId: row.shareId, pence: 0, exact: zero };
    left.set(row.urn, { ...before, pence: before.pence + row.pence, exact: add(before.exact, parseFraction(row.exactPence)) });
  }
  return [...left].map(([urn, { shareId, pence, exact }]) => ({ shareId, urn, pence, exactPence: formatFraction(exact) }));
}

/**
 * Of each charge, which schools' shares were taken over by their successors: nothing of it is left at the old school. Where
 * the old school was invoiced and keeps its debt, it stays in its place.
 */
export async function successorsByCharge(tx: Tx, collaborationId: string, chargeId: string | null = null): Promise<Map<string, Record<string, string>>> {
  const rows = await sql<{ chargeId: string; fromUrn: string; toUrn: string }>(
    tx,
    `select coalesce(c.corrects_charge_id, c.id) as "chargeId", m.from_urn as "fromUrn", m.to_urn as "toUrn"
       from money_succession m
       join share s on s.collaboration_id = m.collaboration_id and s.urn = m.from_urn
       join charge c on c.collaboration_id = s.collaboration_id and c.id = s.charge_id
      where m.collaboration_id = $1 and ($2::uuid is null or $2 in (c.id, c.corrects_charge_id))
      group by 1, 2, 3 having sum(s.pence) = 0`,
    [collaborationId, chargeId],
  );
  const byCharge = new Map<string, Record<string, string>>();
  for (const { chargeId: of, fromUrn, toUrn } of rows) byCharge.set(of, { ...byCharge.get(of), [fromUrn]: toUrn });
  return byCharge;
}
