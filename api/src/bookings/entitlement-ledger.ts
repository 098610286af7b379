import { Injectable } from '@nestjs/common';
import type { EntitlementEntry } from '@fairshare/domain/bookings';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import type { AgreementRecord } from '../procurement/procurement.queries.js';
import type { BalanceRow, WhatMoves } from './what-moves.js';

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

  /** Every line of an agreement, the grants of its subscriptions first; a period ends when its subscription does now. */
  async entries(tx: Tx, collaborationId: string, agreement: AgreementRecord): Promise<readonly EntitlementEntry[]> {
    const rows = await sql<EntryRow>(
      tx,
      `select ${columns}
         from entitlement_entry
        where collaboration_id = $1 and agreement_id = $2
        order by recorded_at, id`,
      [collaborationId, agreement.id],
    );
    const until = new Map(agreement.subscriptions.map((one) => [`${one.urn} ${one.from}`, one.until ?? agreement.endsOn]));
    return [...grantsOf(agreement), ...rows.map(({ from, to, ...row }) => ({ ...row, period: { from, to: until.get(`${row.schoolUrn} ${from}`) ?? to } }))];
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
    await sql(tx, `insert into entitlement_entry ${entitlementRows('$1')}`, [this.asRows(who, collaborationId, entries)]);
  }

  /** The lines as the rows of their table, in JSON. */
  asRows(who: Scope, collaborationId: string, entries: readonly EntitlementEntry[]): string {
    const recordedAt = this.#clock.now();
    return JSON.stringify(entries.map((e) => ({
      id: newId(), collaboration_id: collaborationId, agreement_id: e.agreementId, school_urn: e.schoolUrn, period_from: e.period.from, period_to: e.period.to,
      kind: e.kind, milliunits: e.milliunits, happened_on: e.on, booking_id: e.bookingId, counterpart_urn: e.counterpartUrn, recorded_by: who.name, recorded_at: recordedAt,
    })));
  }
}

/** Rows of the ledger's table from a value that holds them as JSON. */
export const entitlementRows = (value: string) => `select * from jsonb_populate_recordset(null::entitlement_entry, ${value})`;

/** What the lines come to, one for each account, grants first: enough to decide what is left, however long the ledger is. */
export function balanceEntries(agreementId: string, { grants, balances }: Pick<WhatMoves, 'grants' | 'balances'>): readonly EntitlementEntry[] {
  const lineOf = (kind: 'granted' | 'taken') => ({ from, to, schoolUrn, milliunits }: BalanceRow): EntitlementEntry => ({
    schoolUrn, milliunits, agreementId, period: { from, to }, kind, on: from, bookingId: null, counterpartUrn: null,
  });
  return [...grants.map(lineOf('granted')), ...balances.map(lineOf('taken'))];
}

/** What a subscription grants is not copied into the ledger: it is read where it was agreed. */
function grantsOf(agreement: AgreementRecord): EntitlementEntry[] {
  const grants = agreement.subscriptions.flatMap(({ urn, from, until, entitlementMilliunits }) =>
    entitlementMilliunits === null ? [] : { schoolUrn: urn, from, to: until ?? agreement.endsOn, milliunits: entitlementMilliunits },
  );
  return [...balanceEntries(agreement.id, { grants, balances: [] })];
}
