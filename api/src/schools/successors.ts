import type { DateOnly } from '@fairshare/domain/kernel/period';
import { sql, type Tx } from '../platform/database.js';

/** One school follows another: an academy conversion closes one URN and opens another. */
export interface Succession {
  readonly collaborationId: string;
  readonly fromUrn: string;
  readonly toUrn: string;
  /** The first day of the new URN. */
  readonly on: DateOnly;
}

/** The URN that follows by the national register; undefined for a school that is not on it, null where nothing follows. */
export async function successorOf(tx: Tx, urn: string): Promise<string | null | undefined> {
  const [row] = await sql<{ successor: string | null }>(tx, 'select successor_urn as successor from school where urn = $1', [urn]);
  return row?.successor;
}

/**
 * The new school becomes a member for the rest of the old one's membership, leads where that one led, and keeps the days
 * that it had entered for itself. Call `endMembership` when everything else follows. @returns true when it was no member yet.
 */
export async function beginMembership(tx: Tx, { collaborationId, fromUrn, toUrn, on }: Succession, newId: string): Promise<boolean> {
  const made = await sql(
    tx,
    `insert into membership (id, collaboration_id, urn, from_on, until_on)
     select $5, m.collaboration_id, $3, greatest(m.from_on, $4::date), m.until_on from membership m
      where m.collaboration_id = $1 and m.urn = $2 and (m.until_on is null or m.until_on >= $4)
        and not exists (select from membership n where n.collaboration_id = $1 and n.urn = $3 and (n.until_on is null or n.until_on >= $4))
      order by m.from_on limit 1 returning id`,
    [collaborationId, fromUrn, toUrn, on, newId],
  );
  await sql(tx, 'update collaboration set lead_school_urn = $3 where id = $1 and lead_school_urn = $2', [collaborationId, fromUrn, toUrn]);
  await sql(
    tx,
    `insert into calendar_entry (id, collaboration_id, level, urn, kind, name, from_on, to_on)
     select gen_random_uuid(), e.collaboration_id, e.level, $3, e.kind, e.name, greatest(e.from_on, $4::date), e.to_on from calendar_entry e
      where e.collaboration_id = $1 and e.urn = $2 and e.to_on >= $4
        and not exists (select from calendar_entry n where n.collaboration_id = $1 and n.urn = $3 and n.kind = e.kind and n.to_on = e.to_on)`,
    [collaborationId, fromUrn, toUrn, on],
  );
  return made.length > 0;
}

/** The old school was a member until the day before. */
export async function endMembership(tx: Tx, { collaborationId, fromUrn, on }: Succession): Promise<void> {
  await sql(
    tx,
    `update membership set until_on = $3::date - 1 where collaboration_id = $1 and urn = $2 and from_on < $3 and (until_on is null or until_on >= $3)`,
    [collaborationId, fromUrn, on],
  );
}
