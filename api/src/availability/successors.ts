import { sql, type Tx } from '../platform/database.js';
import type { Succession } from '../schools/successors.js';

/** The site stays where it is: its rooms and its roads belong to the new school, and sessions that are held there name it. */
export async function followSite(tx: Tx, { collaborationId, fromUrn, toUrn }: Succession, holderIds: readonly string[]): Promise<void> {
  await sql(
    tx,
    `insert into travel_time (collaboration_id, from_urn, to_urn, minutes)
     select collaboration_id, case when from_urn = $2 then $3 else from_urn end, case when to_urn = $2 then $3 else to_urn end, minutes
       from travel_time where collaboration_id = $1 and $2 in (from_urn, to_urn) and $3 not in (from_urn, to_urn)
     on conflict do nothing`,
    [collaborationId, fromUrn, toUrn],
  );
  await sql(
    tx,
    `update room r set school_urn = $3 where collaboration_id = $1 and school_urn = $2
        and not exists (select from room n where n.collaboration_id = $1 and n.school_urn = $3 and n.name = r.name)`,
    [collaborationId, fromUrn, toUrn],
  );
  if (holderIds.length > 0) await sql(tx, 'update time_taken set site_urn = $3 where holder_id = any ($1::uuid[]) and site_urn = $2', [holderIds, fromUrn, toUrn]);
}
