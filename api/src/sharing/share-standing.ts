import { sql, type Tx } from '../platform/database.js';

export interface ShareStanding {
  readonly urn: string;
  readonly pence: number;
  readonly chargeId: string;
  /** The first charge, where this one puts it right. */
  readonly rootChargeId: string;
  readonly description: string;
  /** Never more than the share. */
  readonly leftPence: number;
}

/** One share with its charge, and what is left of the school's part in it after everything that puts it right; undefined when there is none. */
export async function shareStanding(tx: Tx, collaborationId: string, shareId: string): Promise<ShareStanding | undefined> {
  const [found] = await sql<ShareStanding>(
    tx,
    `select s.urn, s.pence, c.id as "chargeId", coalesce(c.corrects_charge_id, c.id) as "rootChargeId", c.description,
            least(s.pence, (select sum(o.pence) from charge x join share o on o.collaboration_id = x.collaboration_id and o.charge_id = x.id
              where x.collaboration_id = c.collaboration_id and o.urn = s.urn
                and coalesce(c.corrects_charge_id, c.id) in (x.id, x.corrects_charge_id)))::bigint as "leftPence"
       from share s join charge c on c.collaboration_id = s.collaboration_id and c.id = s.charge_id
      where s.collaboration_id = $1 and s.id = $2`,
    [collaborationId, shareId],
  );
  return found;
}
