import { Injectable } from '@nestjs/common';
import type {
  AvailabilityInput, CredentialHeld, EntitlementLeft, ExtraTime, SitePosition, TakenTime, TravelPair, TravelTable, WorkingPattern,
} from '@fairshare/domain/availability';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { addDays, type DateOnly } from '@fairshare/domain/kernel/period';
import { isoOf, wholeDays, type Instant, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { ProcurementQueries, type Agreed } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { takenWithin, type TakenRow } from './time-taken.js';

/** What stands in for a journey that nobody has entered: parking and signing in, then two minutes a kilometre; 20 when a position is missing. */
export const assumedTravel = { fixedMinutes: 8, minutesPerKilometre: 2, defaultMinutes: 20 } as const;

/** Where the schools of a collaboration are, as far as the national register says. */
const positionsOfMembers = `
  select s.urn as "schoolUrn", s.easting as "eastingMetres", s.northing as "northingMetres" from school s
   where s.easting is not null and s.northing is not null and s.urn in (select m.urn from membership m where m.collaboration_id = $1)`;

/**
 * Everything the rules look at that changes slowly: it may be read before anything is locked. Time taken is in it as it
 * was then, enough to refuse early; whoever takes time reads it again behind the locks.
 */
export interface Rules extends Agreed {
  readonly period: InstantPeriod;
  readonly input: AvailabilityInput;
}

interface OwnRows {
  readonly patterns: readonly WorkingPattern[];
  readonly extraTime: readonly ExtraTime[];
  readonly pairs: readonly TravelPair[];
  readonly positions: readonly SitePosition[];
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
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(clock: Clock, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#clock = clock;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  /** @throws `platform.not-found` when it is foreign or missing. */
  agreed(tx: Tx, collaborationId: string, agreementId: string, specialistIds: readonly string[] | null = null): Promise<Agreed> {
    return this.#procurement.agreed(tx, collaborationId, agreementId, specialistIds);
  }

  /** Both days belong to it; a day more is looked at on both sides, for travel. */
  async rulesFor(tx: Tx, agreed: Agreed, asked: Asked): Promise<Rules> {
    const { collaboration, agreement } = agreed;
    const { schoolUrns, from, to } = asked;
    const specialistIds = [...new Set([...(asked.specialistIds ?? agreement.specialistIds)])];
    const period = wholeDays(addDays(from, -1), addDays(to, 1), collaboration.zone);
    const own = await this.#own(tx, collaboration, specialistIds, period, asked.early !== undefined);
    const input: AvailabilityInput = {
      zone: collaboration.zone,
      now: asked.now ?? this.#clock.now().getTime(),
      loaded: period,
      agreement: agreement.terms,
      specialistIds,
      patterns: own.patterns,
      absences: absencesAmong(own.taken),
      extraTime: own.extraTime,
      credentials: await this.#credentials(tx, agreed, specialistIds),
      taken: takenAmong(own.taken, new Set(asked.early?.ownBookingId ? [asked.early.ownBookingId] : []), asked.now ?? this.#clock.now().getTime()),
      calendars: await this.#schools.calendars(tx, collaboration.id, schoolUrns, addDays(from, -1), addDays(to, 15)),
      travel: { pairs: own.pairs, positions: own.positions, ...assumedTravel },
      entitlements: [],
    };
    return { collaboration, agreement, credentials: agreed.credentials, period, input };
  }

  /** Adds what moves under one's feet, as it was read behind the locks. Which time is one's own collaboration's says `ours`. */
  withTime({ input }: Rules, now: { entitlements: readonly EntitlementLeft[]; taken: readonly TakenRow[]; ours: ReadonlySet<string> }): AvailabilityInput {
    return { ...input, absences: absencesAmong(now.taken), taken: takenAmong(now.taken, now.ours, input.now), entitlements: now.entitlements };
  }

  async travelTable(tx: Tx, collaborationId: string): Promise<TravelTable> {
    const pairs = await sql<TravelPair>(tx, 'select from_urn as "fromUrn", to_urn as "toUrn", minutes from travel_time where collaboration_id = $1', [collaborationId]);
    const positions = await sql<SitePosition>(tx, `select "schoolUrn", "eastingMetres", "northingMetres" from (${positionsOfMembers}) site`, [collaborationId]);
    return { pairs, positions, ...assumedTravel };
  }

  /** What this room keeps of the specialists, in one statement: hours of work and extra time on days on which they are engaged. */
  async #own(tx: Tx, collaboration: Agreed['collaboration'], specialistIds: readonly string[], period: InstantPeriod, early: boolean): Promise<OwnRows> {
    const [rows] = await sql<OwnRows>(
      tx,
      `select coalesce((select json_agg(json_build_object('specialistId', p.specialist_id, 'validFrom', greatest(p.valid_from, e.from_on), 'validTo', least(p.valid_to, e.until_on),
                                 'everyWeeks', p.every_weeks, 'anchorOn', coalesce(p.anchor_on, p.valid_from), 'termTimeOnly', p.term_time_only, 'periods', p.periods))
                 from working_pattern p join engagement e on e.collaboration_id = p.collaboration_id and e.specialist_id = p.specialist_id
                where p.collaboration_id = $1 and p.specialist_id = any ($2::uuid[])), '[]') as patterns,
              coalesce((select json_agg(json_build_object('specialistId', t.specialist_id, 'startsAt', extract(epoch from t.starts_at)::float8 * 1000, 'endsAt', extract(epoch from t.ends_at)::float8 * 1000))
                 from extra_time t
                where t.collaboration_id = $1 and t.specialist_id = any ($2::uuid[]) and t.ends_at > $3 and t.starts_at < $4
                  and exists (select from engagement e where e.collaboration_id = t.collaboration_id and e.specialist_id = t.specialist_id
                                 and t.starts_at >= e.from_on::timestamp at time zone $6 and (e.until_on is null or t.ends_at <= (e.until_on + 1)::timestamp at time zone $6))), '[]') as "extraTime",
              coalesce((select json_agg(json_build_object('fromUrn', from_urn, 'toUrn', to_urn, 'minutes', minutes)) from travel_time where collaboration_id = $1), '[]') as pairs,
              coalesce((select json_agg(site) from (${positionsOfMembers}) site), '[]') as positions,
              case when $5 then ${takenWithin} else '[]' end as taken`,
      [collaboration.id, specialistIds, isoOf(period.startsAt), isoOf(period.endsAt), early, collaboration.zone],
    );
    return rows ?? { patterns: [], extraTime: [], pairs: [], positions: [], taken: [] };
  }

  /** Asks again only for somebody who was not among those first asked about. @throws `platform.not-found` for somebody who does not work for this collaboration. */
  async #credentials(tx: Tx, { collaboration, credentials }: Agreed, specialistIds: readonly string[]): Promise<CredentialHeld[]> {
    const known = new Set(credentials.map((row) => row.specialistId));
    const rows = specialistIds.every((id) => known.has(id)) ? credentials : await this.#procurement.credentialsHeld(tx, collaboration.id, specialistIds);
    const engaged = new Set(rows.map((row) => row.specialistId));
    if (!specialistIds.every((id) => engaged.has(id))) throw new DomainError('platform.not-found');
    return rows.flatMap(({ specialistId, type, expiresOn }) => (type === null ? [] : [{ specialistId, type, expiresOn }]));
  }
}

function absencesAmong(rows: readonly TakenRow[]): AvailabilityInput['absences'] {
  return rows.filter((row) => row.resourceKind === 'absence').map((row) => ({ specialistId: row.resourceId, startsAt: row.startsAt, endsAt: row.endsAt }));
}

/** What was held and ran out is free. */
function takenAmong(rows: readonly TakenRow[], ours: ReadonlySet<string>, now: Instant): TakenTime[] {
  return rows.filter((row) => row.resourceKind !== 'absence' && (row.keptUntil === null || row.keptUntil > now)).map((row) => takenTime(row, ours.has(row.holderId)));
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
