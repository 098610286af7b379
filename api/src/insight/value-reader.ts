import { Injectable } from '@nestjs/common';
import { financialYearOf, lastTerms } from '@fairshare/domain/insight';
import type { DateOnly, DatePeriod } from '@fairshare/domain/kernel/period';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { isUnshared } from '../sharing/shares.queries.js';
import type { DueFacts, RetainerShares, SchoolFacts, SessionFacts, ShareFacts, UnitsFacts, ValueFacts } from './value-facts.js';

/** Terms that the trend looks back on: two years, so that a term stands beside the same one a year before. */
const trendTerms = 6;

/** Reads what the figures are worked out from, one statement a need. */
@Injectable()
export class ValueReader {
  readonly #clock: Clock;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(clock: Clock, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#clock = clock;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  /** Members of the period, each once, by name. */
  async members(tx: Tx, collaborationId: string, { from, to }: DatePeriod): Promise<SchoolFacts[]> {
    const members = await this.#schools.members(tx, collaborationId, from, to);
    return [...new Map(members.map(({ urn, name, kind }) => [urn, { urn, name, kind }])).values()];
  }

  async facts(tx: Tx, collaborationId: string, period: DatePeriod, school: SchoolFacts | null, schools: readonly SchoolFacts[]): Promise<ValueFacts> {
    const { zone } = await this.#schools.collaboration(tx, collaborationId);
    const today = this.#clock.today(zone);
    const urns = school ? [school.urn] : null;
    const yearEnds = schools.map(({ kind }) => financialYearOf(kind, today).to);
    const through = [period.to, ...yearEnds].sort().at(-1) as DateOnly;
    const from = period.from < today ? period.from : today;
    const pupils = await this.#schools.pupilNumbers(tx, schools.map(({ urn }) => urn), 'pupils', period.to);
    return {
      period, today, zone, school, schools,
      nowAt: this.#clock.now().getTime(),
      agreements: await this.#procurement.agreements(tx, collaborationId),
      sessions: await sessionsOf(tx, collaborationId, { from, to: through }, urns, zone),
      shares: await sharesOf(tx, collaborationId, period, urns),
      units: await unitsOf(tx, collaborationId, urns),
      due: await dueOf(tx, collaborationId),
      retainers: await retainersOf(tx, collaborationId, urns),
      pupilThousandths: new Map([...pupils].map(([urn, { thousandths }]) => [urn, thousandths])),
      trend: await trendOf(tx, collaborationId, period.to, urns, zone),
    };
  }
}

const within = (from: string, to: string, zone: string) => `b.starts_at >= (${from}::date)::timestamp at time zone ${zone} and b.starts_at < (${to}::date + 1)::timestamp at time zone ${zone}`;
const ofSchools = (urns: string) => `(${urns}::text[] is null or exists (select from booking_school o where o.collaboration_id = b.collaboration_id and o.booking_id = b.id and o.urn = any (${urns})))`;

/** A session to which an objection was upheld did not take place. */
const wasNotUpheld = `not exists (select from booking_objection u where u.collaboration_id = b.collaboration_id and u.booking_id = b.id and u.outcome = 'upheld')`;

interface SessionRow extends Omit<SessionFacts, 'startsAt' | 'endsAt' | 'schools'> {
  startsAt: Date;
  endsAt: Date;
  schools: { urn: string; minutes: number | null }[];
}

async function sessionsOf(tx: Tx, collaborationId: string, { from, to }: DatePeriod, urns: readonly string[] | null, zone: string): Promise<SessionFacts[]> {
  const rows = await sql<SessionRow>(
    tx,
    `select b.id, b.agreement_id as "agreementId", b.state, b.starts_at as "startsAt", b.ends_at as "endsAt", (b.starts_at at time zone $5)::date as "on",
            b.ordered_on as "orderedOn", (b.created_at at time zone $5)::date as "requestedOn", b.cancellation ->> 'by' as "cancelledBy",
            coalesce(b.charge_basis_points, 0) as "chargedBasisPoints",
            (select json_agg(json_build_object('urn', s.urn, 'minutes', s.minutes) order by s.position) from booking_school s
              where s.collaboration_id = b.collaboration_id and s.booking_id = b.id) as schools,
            coalesce((select json_agg(e.school_urn) from (select school_urn from entitlement_entry e
              where e.collaboration_id = b.collaboration_id and e.booking_id = b.id group by school_urn having sum(milliunits) < 0) e), '[]') as "coveredUrns"
       from booking b
      where b.collaboration_id = $1 and b.state in ('confirmed', 'delivered', 'cancelled') and ${wasNotUpheld} and ${within('$2', '$3', '$5')} and ${ofSchools('$4')}
      order by b.starts_at, b.id`,
    [collaborationId, from, to, urns, zone],
  );
  return rows.map((row) => {
    const [startsAt, endsAt] = [row.startsAt.getTime(), row.endsAt.getTime()];
    const length = Math.round((endsAt - startsAt) / 60_000);
    return { ...row, startsAt, endsAt, schools: row.schools.map(({ urn, minutes }) => ({ urn, minutes: minutes ?? length })) };
  });
}

function sharesOf(tx: Tx, collaborationId: string, { from, to }: DatePeriod, urns: readonly string[] | null): Promise<ShareFacts[]> {
  return sql<ShareFacts>(
    tx,
    `select c.id as "chargeId", c.agreement_id as "agreementId", c.description, c.kind, c.belongs_on as "belongsOn", s.urn, s.pence
       from charge c join share s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
      where c.collaboration_id = $1 and c.belongs_on between $2 and $3 and ($4::text[] is null or s.urn = any ($4))
      order by c.belongs_on, c.id, s.sequence`,
    [collaborationId, from, to, urns],
  );
}

function unitsOf(tx: Tx, collaborationId: string, urns: readonly string[] | null): Promise<UnitsFacts[]> {
  return sql<UnitsFacts>(
    tx,
    `select agreement_id as "agreementId", school_urn as urn, sum(milliunits)::bigint as "changedMilliunits",
            coalesce(-sum(milliunits) filter (where kind in ('taken', 'returned')), 0)::bigint as "usedMilliunits"
       from entitlement_entry where collaboration_id = $1 and ($2::text[] is null or school_urn = any ($2)) group by 1, 2`,
    [collaborationId, urns],
  );
}

function dueOf(tx: Tx, collaborationId: string): Promise<DueFacts[]> {
  return sql<DueFacts>(
    tx,
    `select i.id, i.agreement_id as "agreementId", 'Instalment ' || i.number as description, i.due_on as "dueOn", i.service_from as "from", i.service_to as "to", i.pence
       from instalment i where i.collaboration_id = $1 and i.charged_at is null
      union all
     select c.id, c.agreement_id, c.description, c.belongs_on, c.service_from, c.service_to, c.pence
       from charge c where c.collaboration_id = $1 and c.agreement_id is not null and ${isUnshared}
      order by "dueOn", id`,
    [collaborationId],
  );
}

function retainersOf(tx: Tx, collaborationId: string, urns: readonly string[] | null): Promise<RetainerShares[]> {
  return sql<RetainerShares>(
    tx,
    `select c.agreement_id as "agreementId", coalesce(sum(s.pence) filter (where $2::text[] is null or s.urn = any ($2)), 0)::bigint as "ownPence", sum(s.pence)::bigint as "allPence"
       from charge c join share s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
      where c.collaboration_id = $1 and c.kind = 'instalment' group by 1`,
    [collaborationId, urns],
  );
}

async function trendOf(tx: Tx, collaborationId: string, on: DateOnly, urns: readonly string[] | null, zone: string): Promise<ValueFacts['trend']> {
  const terms = lastTerms(on, trendTerms);
  return sql(
    tx,
    `select t.name as term, t.from_on as "from", t.to_on as "to",
            (select count(*) from booking b where b.collaboration_id = $1 and b.state in ('confirmed', 'delivered') and ${wasNotUpheld} and ${within('t.from_on', 't.to_on', '$6')} and ${ofSchools('$5')}) as sessions,
            (select coalesce(sum(s.pence), 0)::bigint from charge c join share s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
              where c.collaboration_id = $1 and c.belongs_on between t.from_on and t.to_on and ($5::text[] is null or s.urn = any ($5))) as pence
       from unnest($2::text[], $3::date[], $4::date[]) with ordinality as t (name, from_on, to_on, place) order by t.place`,
    [collaborationId, terms.map(({ name }) => name), terms.map(({ from }) => from), terms.map(({ to }) => to), urns, zone],
  );
}
