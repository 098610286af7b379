import { Injectable } from '@nestjs/common';
import { resolveCalendar, type CalendarEntry, type CalendarEntryKind, type CalendarLevel, type SchoolCalendar } from '@fairshare/domain/availability';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { Nation, PupilMeasure, SchoolKind } from '@fairshare/domain/schools';
import { sql, type Tx } from '../platform/database.js';
import { bankHolidays } from './bank-holidays.js';

export interface CollaborationFacts {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly leadSchoolUrn: string | null;
  readonly nation: Nation;
  readonly approvalLimitPence: number | null;
}

export interface MemberFacts {
  readonly urn: string;
  readonly name: string;
  readonly kind: SchoolKind;
  readonly laCode: string | null;
  readonly laName: string | null;
  readonly from: DateOnly;
  /** The last day of the membership; null while no end is known. */
  readonly until: DateOnly | null;
  readonly isLead: boolean;
}

/** What a document needs to know of a school. */
export interface SchoolFacts {
  readonly urn: string;
  readonly name: string;
  readonly kind: SchoolKind;
  readonly laCode: string | null;
  readonly trustCode: string | null;
  readonly street: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
}

interface EntryRow {
  level: CalendarLevel;
  laCode: string | null;
  urn: string | null;
  kind: CalendarEntryKind;
  name: string;
  from: DateOnly;
  to: DateOnly;
}

/** A collaboration as JSON, for statements that read it along with something else; `c` is its row. */
export const collaborationFacts = `json_build_object('id', c.id, 'name', c.name, 'zone', c.zone, 'leadSchoolUrn', c.lead_school_urn, 'nation', c.nation,
  'approvalLimitPence', c.approval_limit_pence)`;

/** A collaboration's nation, the schools that are asked about, and every line of a calendar that may touch them. */
interface YearsRow {
  nation: Nation;
  schools: { urn: string; laCode: string | null }[];
  lines: EntryRow[];
}

/** A school year runs from August to July here, so that Scottish terms are whole; half-terms are counted from the start of their term. */
const schoolYearOf = (date: DateOnly): number => Number(date.slice(0, 4)) - (date.slice(5) < '08-01' ? 1 : 0);

/** Which of several sources of one number is believed: a person before the exact file, the exact file before the rounded one. */
export const bestSource = `case source when 'entered' then 0 when 'pupil-premium' then 1 else 2 end`;

/** What the other rooms ask about schools, inside their own transaction. */
@Injectable()
export class SchoolsQueries {
  /** @throws `platform.not-found` when it is foreign or missing. */
  async collaboration(tx: Tx, collaborationId: string): Promise<CollaborationFacts> {
    const [found] = await sql<CollaborationFacts>(
      tx,
      `select id, name, zone, lead_school_urn as "leadSchoolUrn", nation, approval_limit_pence as "approvalLimitPence"
         from collaboration where id = $1`,
      [collaborationId],
    );
    if (!found) throw new DomainError('platform.not-found');
    return found;
  }

  /** Memberships that touch the days from `from` to `to` (absent: that one day), by school name. A school that left and came back stands twice. */
  members(tx: Tx, collaborationId: string, from: DateOnly, to: DateOnly = from): Promise<MemberFacts[]> {
    return sql<MemberFacts>(
      tx,
      `select m.urn, s.name, s.kind, s.la_code as "laCode", s.la_name as "laName", m.from_on as "from", m.until_on as "until", coalesce(c.lead_school_urn = m.urn, false) as "isLead"
         from membership m
         join collaboration c on c.id = m.collaboration_id
         join school s on s.urn = m.urn
        where m.collaboration_id = $1 and m.from_on <= $3 and (m.until_on is null or m.until_on >= $2)
        order by s.name, m.urn, m.from_on`,
      [collaborationId, from, to],
    );
  }

  /** The register's facts of these schools; one that is not on the register is not in the map. */
  async facts(tx: Tx, urns: readonly string[]): Promise<Map<string, SchoolFacts>> {
    const rows = await sql<SchoolFacts>(
      tx, 'select urn, name, kind, la_code as "laCode", trust_code as "trustCode", street, town, postcode from school where urn = any($1)', [urns],
    );
    return new Map(rows.map((row) => [row.urn, row]));
  }

  async names(tx: Tx, urns: readonly string[]): Promise<Map<string, string>> {
    const rows = await sql<{ urn: string; name: string }>(tx, 'select urn, name from school where urn = any($1)', [urns]);
    return new Map(rows.map((row) => [row.urn, row.name]));
  }

  /** The latest number of each school at a census on or before the date (null: the latest of all). A school without one is not in the map. */
  async pupilNumbers(tx: Tx, urns: readonly string[], measure: PupilMeasure, censusOn: DateOnly | null): Promise<Map<string, { thousandths: number; censusOn: DateOnly }>> {
    const rows = await sql<{ urn: string; thousandths: number; censusOn: DateOnly }>(
      tx,
      `select distinct on (urn) urn, thousandths, census_on as "censusOn"
         from pupil_number
        where urn = any($1) and measure = $2 and ($3::date is null or census_on <= $3)
        order by urn, census_on desc, ${bestSource}`,
      [urns, measure, censusOn],
    );
    return new Map(rows.map((row) => [row.urn, { thousandths: row.thousandths, censusOn: row.censusOn }]));
  }

  /** The first census of which there is a number of each school. */
  async firstPupilNumbers(tx: Tx, urns: readonly string[], measure: PupilMeasure): Promise<Map<string, { thousandths: number; censusOn: DateOnly }>> {
    if (urns.length === 0) return new Map();
    const rows = await sql<{ urn: string; thousandths: number; censusOn: DateOnly }>(
      tx, `select distinct on (urn) urn, thousandths, census_on as "censusOn" from pupil_number where urn = any($1) and measure = $2 order by urn, census_on, ${bestSource}`, [urns, measure],
    );
    return new Map(rows.map(({ urn, thousandths, censusOn }) => [urn, { thousandths, censusOn }]));
  }

  /** Each school's year after inheritance from nation and local authority, for the school years that the days fall in. */
  async calendars(tx: Tx, collaborationId: string, urns: readonly string[], from: DateOnly, to: DateOnly): Promise<SchoolCalendar[]> {
    const start = `${schoolYearOf(from)}-08-01`;
    const end = `${schoolYearOf(to) + 1}-07-31`;
    const [row] = await sql<YearsRow>(
      tx,
      `select c.nation,
              coalesce((select json_agg(json_build_object('urn', s.urn, 'laCode', s.la_code) order by s.urn) from school s where s.urn = any ($4)), '[]') as schools,
              coalesce((select json_agg(json_build_object('level', level, 'laCode', la_code, 'urn', urn, 'kind', kind, 'name', name, 'from', from_on, 'to', to_on) order by from_on, to_on, kind)
                          from calendar_entry where collaboration_id = $1 and from_on <= $3 and to_on >= $2 and (urn is null or urn = any ($4))), '[]') as lines
         from collaboration c where c.id = $1`,
      [collaborationId, start, end, urns],
    );
    if (!row) throw new DomainError('platform.not-found');
    const { nation, schools, lines } = row;
    const national = [...bankHolidays(nation, start, end), ...entriesOf(lines, (line) => line.level === 'nation')];
    return schools.map(({ urn, laCode }) =>
      resolveCalendar(urn, [
        { level: 'nation', entries: national },
        { level: 'local-authority', entries: entriesOf(lines, (line) => line.level === 'local-authority' && line.laCode === laCode) },
        { level: 'school', entries: entriesOf(lines, (line) => line.urn === urn) },
      ]),
    );
  }
}

function entriesOf(lines: readonly EntryRow[], wanted: (line: EntryRow) => boolean): CalendarEntry[] {
  return lines.filter(wanted).map(({ kind, name, from, to }) => ({ kind, name, from, to }));
}
