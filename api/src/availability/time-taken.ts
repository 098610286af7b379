import { Injectable } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { isoOf, type Instant, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import { QueryFailedError } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';

/** Something of which there is one at a time: a specialist, a room, a school's entitlement under an agreement. */
export type Resource = string;

export const resourceOfEntitlement = (agreementId: string, urn: string): Resource => `entitlement:${agreementId}:${urn}`;

export interface TimeToTake extends InstantPeriod {
  readonly resourceKind: 'specialist' | 'room' | 'absence';
  readonly resourceId: string;
  readonly beforeMinutes?: number;
  readonly afterMinutes?: number;
  /** Null when it is remote. */
  readonly siteUrn: string | null;
  /** The booking or absence that holds it. */
  readonly holderId: string;
  /** Of a hold: when it runs out by itself. */
  readonly keptUntil?: Instant | null;
}

/** Time as it is taken; it does not say who took it. */
export interface TakenRow {
  readonly resourceKind: 'specialist' | 'room' | 'absence';
  readonly resourceId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly beforeMinutes: number;
  readonly afterMinutes: number;
  readonly siteUrn: string | null;
  readonly holderId: string;
  readonly keptUntil: Instant | null;
}

const exclusionViolated = '23P01';

/** As JSON, for a statement whose second to fourth values are the resources and the period. */
export const takenWithin = `coalesce((select json_agg(json_build_object('resourceKind', resource_kind, 'resourceId', resource_id,
  'startsAt', extract(epoch from starts_at)::float8 * 1000, 'endsAt', extract(epoch from ends_at)::float8 * 1000,
  'beforeMinutes', before_minutes, 'afterMinutes', after_minutes, 'siteUrn', site_urn, 'holderId', holder_id, 'keptUntil', extract(epoch from kept_until)::float8 * 1000))
    from time_taken where resource_id = any ($2::uuid[]) and ends_at > $3 and starts_at < $4), '[]')`;

/** Who takes time first locks every resource it touches in one order, then checks, then takes. */
@Injectable()
export class TimeTaken {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits for everybody else who wants one of these; the locks end with the transaction. */
  async lock(tx: Tx, resources: readonly Resource[]): Promise<void> {
    const sorted = [...new Set(resources)].sort();
    // One statement, row by row in the array's order: every taker meets the locks in the same order, so none waits in a circle.
    await sql(tx, `select pg_advisory_xact_lock(hashtextextended(resource, 0)) from unnest($1::text[]) with ordinality as wanted (resource, position) order by position`, [sorted]);
  }

  /** @throws `availability.slot-taken` or `availability.room-taken` when the database finds the time taken after all. */
  async take(tx: Tx, times: readonly TimeToTake[]): Promise<void> {
    if (times.length === 0) return;
    const rows = [...times].sort((a, b) => a.startsAt - b.startsAt || (a.resourceId < b.resourceId ? -1 : 1));
    // What was held and ran out is free, also when nobody has cleared it away.
    await sql(tx, 'delete from time_taken where resource_id = any ($1::uuid[]) and kept_until <= $2', [rows.map((r) => r.resourceId), this.#clock.now()]);
    try {
      await sql(
        tx,
        `insert into time_taken (id, resource_kind, resource_id, starts_at, ends_at, before_minutes, after_minutes, site_urn, holder_id, kept_until)
         select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::smallint[], $7::smallint[], $8::text[], $9::uuid[], $10::timestamptz[])`,
        [
          rows.map(() => newId()), rows.map((r) => r.resourceKind), rows.map((r) => r.resourceId),
          rows.map((r) => isoOf(r.startsAt)), rows.map((r) => isoOf(r.endsAt)),
          rows.map((r) => r.beforeMinutes ?? 0), rows.map((r) => r.afterMinutes ?? 0), rows.map((r) => r.siteUrn), rows.map((r) => r.holderId),
          rows.map((r) => (r.keptUntil ? isoOf(r.keptUntil) : null)),
        ],
      );
    } catch (error) {
      if (error instanceof QueryFailedError && (error.driverError as { code?: string }).code === exclusionViolated) {
        throw new DomainError('availability.slot-taken');
      }
      throw error;
    }
  }

  /** What was held stays. */
  async keep(tx: Tx, holderId: string): Promise<void> {
    await sql(tx, 'update time_taken set kept_until = null where holder_id = $1', [holderId]);
  }

  async release(tx: Tx, holderIds: readonly string[]): Promise<void> {
    if (holderIds.length > 0) await sql(tx, 'delete from time_taken where holder_id = any ($1::uuid[])', [holderIds]);
  }
}
