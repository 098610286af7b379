import { Injectable } from '@nestjs/common';
import type {
  AvailabilityInput, CredentialHeld, EntitlementLeft, ExtraTime, TakenTime, TravelPair, TravelTable, WorkingPattern,
} from '@fairshare/domain/availability';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { addDays, type DateOnly } from '@fairshare/domain/kernel/period';
import { isoOf, wholeDays, type Instant, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { ProcurementQueries, type AgreementRecord } from '../procurement/procurement.queries.js';
import { SchoolsQueries, type CollaborationFacts } from '../schools/schools.queries.js';
import { takenWithin, TimeTaken, type TakenRow } from './time-taken.js';

/** What stands in for a journey that nobody has entered: parking and signing in, then two minutes a kilometre; 20 when a position is missing. */
export const assumedTravel = { fixedMinutes: 8, minutesPerKilometre: 2, defaultMinutes: 20 } as const;

/** Which holders of time taken are bookings of one's own collaboration; the others are only busy. */
export type OursAmong = (tx: Tx, holderIds: readonly string[]) => Promise<ReadonlySet<string>>;

/**
 * Everything the rules look at that changes slowly: it may be read before anything is locked. Time taken is in it as it
 * was then, enough to refuse early; whoever takes time reads it again behind the locks.
 */
export interface Rules {
  readonly collaboration: CollaborationFacts;
  readonly agreement: AgreementRecord;
  readonly period: InstantPeriod;
  readonly input: AvailabilityInput;
}

interface OwnRows {
  readonly patterns: readonly WorkingPattern[];
  readonly extraTime: readonly ExtraTime[];
  readonly pairs: readonly TravelPair[];
  readonly taken: readonly TakenRow[];
}

export interface Asked {
  readonly schoolUrns: readonly string[];
  readonly from: DateOnly;
  readonly to: DateOnly;
  /** Left out, the agreement's. */
  readonly specialistIds?: readonly string[] | undefined;
  /** Left out, the clock's. */
  readonly now?: Instant | undefined;
  /** Reads the time taken as well, so that what is refused already need not wait for a lock; a booking that moves is not in its own way. */
  readonly early?: { readonly ownBookingId?: string } | undefined;
}

/** Loads what the domain's availability rules look at, in a handful of queries. */
@Injectable()
export class AvailabilityService {
  readonly #clock: Clock;
  readonly #timeTaken: TimeTaken;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(clock: Clock, timeTaken: TimeTaken, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#clock = clock;
    this.#timeTaken = timeTaken;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  /** The whole input at once; what others took is only busy. Entitlement is the bookings room's to add. */
  async inputFor(tx: Tx, collaborationId: string, agreementId: string, schoolUrns: readonly string[], from: DateOnly, to: DateOnly): Promise<AvailabilityInput> {
    const { collaboration, agreement } = await this.agreed(tx, collaborationId, agreementId);
    const rules = await this.rulesFor(tx, collaboration, agreement, { schoolUrns, from, to });
    return this.withTime(tx, rules, { entitlements: [] });
  }

  /** @throws `platform.not-found` when one of them is foreign or missing. */
  async agreed(tx: Tx, collaborationId: string, agreementId: string): Promise<{ collaboration: CollaborationFacts; agreement: AgreementRecord }> {
    const collaboration = await this.#schools.collaboration(tx, collaborationId);
    return { collaboration, agreement: await this.#procurement.agreement(tx, collaborationId, agreementId) };
  }

  /** Both days belong to it; a day more is looked at on both sides, for travel. */
  async rulesFor(tx: Tx, collaboration: CollaborationFacts, agreement: AgreementRecord, asked: Asked): Promise<Rules> {
    const { schoolUrns, from, to } = asked;
    const specialistIds = [...new Set([...(asked.specialistIds ?? agreement.specialistIds)])];
    const period = wholeDays(addDays(from, -1), addDays(to, 1), collaboration.zone);
    const own = await this.#own(tx, collaboration.id, specialistIds, period, asked.early !== undefined);
    const input: AvailabilityInput = {
      zone: collaboration.zone,
      now: asked.now ?? this.#clock.now().getTime(),
      loaded: period,
      agreement: agreement.terms,
      specialistIds,
      patterns: own.patterns,
      absences: absencesAmong(own.taken),
      extraTime: own.extraTime,
      credentials: await this.#credentials(tx, collaboration.id, specialistIds),
      taken: takenAmong(own.taken, new Set(asked.early?.ownBookingId ? [asked.early.ownBookingId] : [])),
      calendars: await this.#schools.calendars(tx, collaboration.id, schoolUrns, addDays(from, -1), addDays(to, 15)),
      travel: { pairs: own.pairs, positions: [], ...assumedTravel },
      entitlements: [],
    };
    return { collaboration, agreement, period, input };
  }

  /** Adds what moves under one's feet: call it after the locks are held. */
  async withTime(tx: Tx, rules: Rules, now: { entitlements: readonly EntitlementLeft[]; roomId?: string | null; oursAmong?: OursAmong }): Promise<AvailabilityInput> {
    const { input, period } = rules;
    const rows = await this.#timeTaken.within(tx, [...input.specialistIds, ...(now.roomId ? [now.roomId] : [])], period);
    const holders = [...new Set(rows.filter((row) => row.resourceKind !== 'absence').map((row) => row.holderId))];
    const ours = now.oursAmong && holders.length > 0 ? await now.oursAmong(tx, holders) : new Set<string>();
    return {
      ...input,
      absences: absencesAmong(rows),
      taken: takenAmong(rows, ours),
      entitlements: now.entitlements,
    };
  }

  async travelTable(tx: Tx, collaborationId: string): Promise<TravelTable> {
    const pairs = await sql<TravelPair>(tx, 'select from_urn as "fromUrn", to_urn as "toUrn", minutes from travel_time where collaboration_id = $1', [collaborationId]);
    return { pairs, positions: [], ...assumedTravel };
  }

  /** What this room keeps of the specialists, in one statement. */
  async #own(tx: Tx, collaborationId: string, specialistIds: readonly string[], period: InstantPeriod, early: boolean): Promise<OwnRows> {
    const [rows] = await sql<OwnRows>(
      tx,
      `select coalesce((select json_agg(json_build_object('specialistId', specialist_id, 'validFrom', valid_from, 'validTo', valid_to, 'everyWeeks', every_weeks,
                                 'anchorOn', anchor_on, 'termTimeOnly', term_time_only, 'periods', periods))
                 from working_pattern where collaboration_id = $1 and specialist_id = any ($2::uuid[])), '[]') as patterns,
              coalesce((select json_agg(json_build_object('specialistId', specialist_id, 'startsAt', extract(epoch from starts_at)::float8 * 1000, 'endsAt', extract(epoch from ends_at)::float8 * 1000))
                 from extra_time where collaboration_id = $1 and specialist_id = any ($2::uuid[]) and ends_at > $3 and starts_at < $4), '[]') as "extraTime",
              coalesce((select json_agg(json_build_object('fromUrn', from_urn, 'toUrn', to_urn, 'minutes', minutes)) from travel_time where collaboration_id = $1), '[]') as pairs,
              case when $5 then ${takenWithin} else '[]' end as taken`,
      [collaborationId, specialistIds, isoOf(period.startsAt), isoOf(period.endsAt), early],
    );
    return rows ?? { patterns: [], extraTime: [], pairs: [], taken: [] };
  }

  /** @throws `platform.not-found` for somebody who does not work for this collaboration. */
  async #credentials(tx: Tx, collaborationId: string, specialistIds: readonly string[]): Promise<CredentialHeld[]> {
    const rows = await this.#procurement.credentialsHeld(tx, collaborationId, specialistIds);
    const engaged = new Set(rows.map((row) => row.specialistId));
    if (!specialistIds.every((id) => engaged.has(id))) throw new DomainError('platform.not-found');
    return rows.flatMap(({ specialistId, type, expiresOn }) => (type === null ? [] : [{ specialistId, type, expiresOn }]));
  }
}

function absencesAmong(rows: readonly TakenRow[]): AvailabilityInput['absences'] {
  return rows.filter((row) => row.resourceKind === 'absence').map((row) => ({ specialistId: row.resourceId, startsAt: row.startsAt, endsAt: row.endsAt }));
}

function takenAmong(rows: readonly TakenRow[], ours: ReadonlySet<string>): TakenTime[] {
  return rows.filter((row) => row.resourceKind !== 'absence').map((row) => takenTime(row, ours.has(row.holderId)));
}

/** Where another collaboration's session is held is not ours to know. */
function takenTime(row: TakenRow, ours: boolean): TakenTime {
  const place = row.siteUrn === null ? ({ remote: true } as const) : { schoolUrn: row.siteUrn };
  return {
    resourceId: row.resourceId,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    beforeMinutes: row.beforeMinutes,
    afterMinutes: row.afterMinutes,
    place: ours ? place : null,
    bookingId: ours ? row.holderId : null,
  };
}
