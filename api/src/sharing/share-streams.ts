import { rolesOf } from '../platform/allow.js';
import type { Scope } from '../platform/actor.js';
import { sql, type Tx } from '../platform/database.js';
import { grouped } from './grouped.js';
import './sharing.permissions.js';

/** A stream that pays a part of a share; without a name it is the school's general money. */
export interface StreamPart {
  readonly name: string | null;
  readonly pence: number;
}

/** What a school pays from which grant is for those who may open its streams; the coordinator who reads all invoices is not among them. */
export function seesStreams(who: Scope): boolean {
  return who.userId === null || who.roles.some((role) => rolesOf('sharing.see-funding').includes(role));
}

/** From which streams shares are paid as things stand; a share that no line speaks of is general money and is left out. */
export async function streamsOf(tx: Tx, collaborationId: string, shareIds: readonly string[]): Promise<Map<string, StreamPart[]>> {
  const rows = await sql<StreamPart & { shareId: string }>(
    tx,
    `select f.share_id as "shareId", b.name, sum(f.pence)::bigint as pence
       from share_funding f left join funding_budget b on b.collaboration_id = f.collaboration_id and b.id = f.budget_id
      where f.collaboration_id = $1 and f.share_id = any ($2)
      group by f.share_id, b.name having sum(f.pence) <> 0 order by b.name nulls last`,
    [collaborationId, shareIds],
  );
  return new Map([...grouped(rows, ({ shareId }) => shareId)].map(([id, parts]) => [id, parts.map(({ name, pence }) => ({ name, pence }))]));
}
