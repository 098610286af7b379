import { isoOf, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import { takenWithin, type TakenRow } from '../availability/time-taken.js';
import { sql, type Tx } from '../platform/database.js';

/** What the lines of one account of the entitlement ledger come to. */
export interface BalanceRow {
  readonly schoolUrn: string;
  readonly from: string;
  readonly to: string;
  readonly milliunits: number;
}

/** What others change while somebody thinks: time that is taken, and units. */
export interface WhatMoves {
  readonly taken: readonly TakenRow[];
  /** Holders of that time that are bookings of this collaboration; row-level security hides all others. */
  readonly ours: readonly string[];
  readonly balances: readonly BalanceRow[];
  /** What subscriptions grant: they change while somebody waits, too. */
  readonly grants: readonly BalanceRow[];
}

/** One statement, since everybody who wants the same waits behind the locks while it runs. */
export async function whatMoves(
  tx: Tx,
  asked: { readonly collaborationId: string; readonly agreementId: string; readonly urns: readonly string[]; readonly resourceIds: readonly string[]; readonly period: InstantPeriod },
): Promise<WhatMoves> {
  const [row] = await sql<WhatMoves>(
    tx,
    `select ${takenWithin} as taken,
            coalesce((select json_agg(distinct b.id) from time_taken t join booking b on b.collaboration_id = $1 and b.id = t.holder_id
                       where t.resource_id = any ($2::uuid[]) and t.ends_at > $3 and t.starts_at < $4), '[]') as ours,
            coalesce((select json_agg(account) from (
                        select school_urn as "schoolUrn", period_from as "from", max(period_to) as "to", sum(milliunits)::bigint as milliunits
                          from entitlement_entry where collaboration_id = $1 and agreement_id = $5 and school_urn = any ($6)
                         group by school_urn, period_from) account), '[]') as balances,
            coalesce((select json_agg(json_build_object('schoolUrn', s.urn, 'from', s.from_on, 'to', coalesce(s.until_on, a.ends_on), 'milliunits', s.entitlement_milliunits))
                        from subscription s join agreement a on a.collaboration_id = s.collaboration_id and a.id = s.agreement_id
                       where s.collaboration_id = $1 and s.agreement_id = $5 and s.urn = any ($6) and s.entitlement_milliunits is not null), '[]') as grants`,
    [asked.collaborationId, asked.resourceIds, isoOf(asked.period.startsAt), isoOf(asked.period.endsAt), asked.agreementId, asked.urns],
  );
  return row ?? { taken: [], ours: [], balances: [], grants: [] };
}
