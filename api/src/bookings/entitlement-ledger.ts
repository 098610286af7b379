import { Injectable } from '@nestjs/common';
import type { EntitlementEntry } from '@fairshare/domain/bookings';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import type { AgreementRecord } from '../procurement/procurement.queries.js';

interface EntryRow extends Omit<EntitlementEntry, 'period'> {
  readonly from: string;
  readonly to: string;
}

const columns = `school_urn as "schoolUrn", agreement_id as "agreementId", period_from as "from", period_to as "to", kind, milliunits,
  happened_on as "on", booking_id as "bookingId", counterpart_urn as "counterpartUrn"`;

/** The ledger of units by school and agreement: lines are added under the lock of the school's entitlement, never changed. */
@Injectable()
export class EntitlementLedger {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What the lines come to, one for each account, grants included: enough to decide what is left, however long the ledger is. */
  async balances(tx: Tx, collaborationId: string, agreement: AgreementRecord, urns: readonly string[]): Promise<readonly EntitlementEntry[]> {
    const rows = await sql<{ schoolUrn: string; from: string; to: string; milliunits: number }>(
      tx,
      `select school_urn as "schoolUrn", period_from as "from", period_to as "to", sum(milliunits)::bigint as milliunits
         from entitlement_entry where collaboration_id = $1 and agreement_id = $2 and school_urn = any ($3)
        group by school_urn, period_from, period_to`,
      [collaborationId, agreement.id, urns],
    );
    const lines = rows.map(({ from, to, schoolUrn, milliunits }) => ({
      schoolUrn, milliunits, agreementId: agreement.id, period: { from, to }, kind: 'taken' as const, on: from, bookingId: null, counterpartUrn: null,
    }));
    return [...grantsOf(agreement, urns), ...lines];
  }

  /** Every line of an agreement, the grants of its subscriptions first. */
  async entries(tx: Tx, collaborationId: string, agreement: AgreementRecord): Promise<readonly EntitlementEntry[]> {
    const rows = await sql<EntryRow>(
      tx,
      `select ${columns}
         from entitlement_entry
        where collaboration_id = $1 and agreement_id = $2
        order by recorded_at, id`,
      [collaborationId, agreement.id],
    );
    return [...grantsOf(agreement), ...rows.map(({ from, to, ...row }) => ({ ...row, period: { from, to } }))];
  }

  /** The lines that one booking made. */
  async linesOf(tx: Tx, collaborationId: string, bookingId: string): Promise<EntitlementEntry[]> {
    const rows = await sql<EntryRow>(tx, `select ${columns} from entitlement_entry where collaboration_id = $1 and booking_id = $2 order by recorded_at, id`, [collaborationId, bookingId]);
    return rows.map(({ from, to, ...row }) => ({ ...row, period: { from, to } }));
  }

  /** What bookings still hold of each school's units. */
  async ofBookings(tx: Tx, collaborationId: string, bookingIds: readonly string[]): Promise<{ bookingId: string; urn: string; milliunits: number }[]> {
    return sql(
      tx,
      `select booking_id as "bookingId", school_urn as urn, -sum(milliunits)::bigint as milliunits
         from entitlement_entry where collaboration_id = $1 and booking_id = any ($2::uuid[])
        group by booking_id, school_urn having sum(milliunits) <> 0`,
      [collaborationId, bookingIds],
    );
  }

  async record(tx: Tx, who: Scope, collaborationId: string, entries: readonly EntitlementEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const now = this.#clock.now();
    await sql(
      tx,
      `insert into entitlement_entry (id, collaboration_id, agreement_id, school_urn, period_from, period_to, kind, milliunits, happened_on, booking_id, counterpart_urn, recorded_by, recorded_at)
       select id, $2, agreement_id, school_urn, period_from, period_to, kind, milliunits, happened_on, booking_id, counterpart_urn, $12, $13
         from unnest($1::uuid[], $3::uuid[], $4::text[], $5::date[], $6::date[], $7::text[], $8::bigint[], $9::date[], $10::uuid[], $11::text[])
           as line (id, agreement_id, school_urn, period_from, period_to, kind, milliunits, happened_on, booking_id, counterpart_urn)`,
      [
        entries.map(() => newId()), collaborationId, entries.map((e) => e.agreementId), entries.map((e) => e.schoolUrn),
        entries.map((e) => e.period.from), entries.map((e) => e.period.to), entries.map((e) => e.kind), entries.map((e) => e.milliunits),
        entries.map((e) => e.on), entries.map((e) => e.bookingId), entries.map((e) => e.counterpartUrn), who.name, now,
      ],
    );
  }
}

/** What a subscription grants is not copied into the ledger: it is read where it was agreed. */
function grantsOf(agreement: AgreementRecord, urns?: readonly string[]): EntitlementEntry[] {
  return agreement.subscriptions
    .filter((s) => s.entitlementMilliunits !== null && (!urns || urns.includes(s.urn)))
    .map((s) => ({
      schoolUrn: s.urn,
      agreementId: agreement.id,
      period: { from: s.from, to: s.until ?? agreement.endsOn },
      kind: 'granted' as const,
      milliunits: s.entitlementMilliunits ?? 0,
      on: s.from,
      bookingId: null,
      counterpartUrn: null,
    }));
}
