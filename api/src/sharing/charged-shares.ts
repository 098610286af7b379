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
