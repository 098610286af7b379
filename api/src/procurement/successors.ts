import { sql, type Tx } from '../platform/database.js';
import type { Succession } from '../schools/successors.js';

/** A subscription that goes on under the new URN, or begins under it when its first day is later. */
export interface SubscriptionToFollow {
  readonly id: string;
  readonly agreementId: string;
  readonly from: string;
  /** The last day, the agreement's where the subscription names none. */
  readonly until: string;
  readonly entitlementMilliunits: number | null;
}

/** The old school's subscriptions that reach the day or begin after it, agreement by agreement; nobody else changes them meanwhile. */
export function subscriptionsToFollow(tx: Tx, { collaborationId, fromUrn, on }: Succession): Promise<SubscriptionToFollow[]> {
  return sql<SubscriptionToFollow>(
    tx,
    `select s.id, s.agreement_id as "agreementId", s.from_on as "from", coalesce(s.until_on, a.ends_on) as "until", s.entitlement_milliunits as "entitlementMilliunits"
       from subscription s join agreement a on a.collaboration_id = s.collaboration_id and a.id = s.agreement_id
      where s.collaboration_id = $1 and s.urn = $2 and coalesce(s.until_on, a.ends_on) >= $3
      order by s.agreement_id, s.id for update of s`,
    [collaborationId, fromUrn, on],
  );
}

/** The old school subscribed until the day before; the new one from then on, with what is left of the units. */
export async function followSubscription(tx: Tx, { collaborationId, toUrn, on }: Succession, followed: SubscriptionToFollow, next: { readonly id: string; readonly entitlementMilliunits: number | null }): Promise<void> {
  await sql(tx, 'update subscription set until_on = $3::date - 1 where collaboration_id = $1 and id = $2', [collaborationId, followed.id, on]);
  await sql(
    tx,
    `insert into subscription (id, collaboration_id, agreement_id, urn, from_on, until_on, entitlement_milliunits) values ($1, $2, $3, $4, $5, $6, $7)`,
    [next.id, collaborationId, followed.agreementId, toUrn, on, followed.until, next.entitlementMilliunits],
  );
}

/** A subscription that only begins later simply changes hands. */
export async function handOverSubscription(tx: Tx, { collaborationId, toUrn }: Succession, { id }: SubscriptionToFollow): Promise<void> {
  await sql(tx, 'update subscription set urn = $3 where collaboration_id = $1 and id = $2', [collaborationId, id, toUrn]);
}
