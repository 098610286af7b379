import { Injectable } from '@nestjs/common';
import type { AddedLines, CalendarLine, CalendarLineQuery, CalendarTarget, CopySchoolYear, PasteTermDates, SaveCalendarLine, SchoolYear, SchoolYearQuery } from '@fairshare/contract/schools';
import type { SchoolCalendar } from '@fairshare/domain/availability';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { daysIn, overlapOf, type DateOnly, type DatePeriod } from '@fairshare/domain/kernel/period';
import { gapsIn, lineEndsAfterStart, mayChangeLine, nextYear, schoolYearStarting, shadingOf, targetIsInside } from '@fairshare/domain/schools';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { bankHolidays } from './bank-holidays.js';
import { SchoolsQueries } from './schools.queries.js';
import { readTermDatesFile } from './term-dates-file.js';

const longestDays = 732;
const line = `id, level, la_code as "laCode", urn, kind, name, from_on as "from", to_on as "to"`;

type NewLine = Omit<SaveCalendarLine, 'target'> & { readonly target: CalendarTarget };

/** Terms, half-terms, INSET days and closures, and what they make of each school's days. */
@Injectable()
export class SchoolYearService {
  readonly #database: Database;
  readonly #schools: SchoolsQueries;
  readonly #trail: Trail;

  constructor(database: Database, schools: SchoolsQueries, trail: Trail) {
    this.#database = database;
    this.#schools = schools;
    this.#trail = trail;
  }

  /** Every member's days between two dates, with the gaps that nobody has described. */
  read(who: Scope, collaborationId: string, query: SchoolYearQuery): Promise<SchoolYear> {
    const { from, to } = periodOf(query);
    return this.#database.read(who, async (tx) => {
      const { nation } = await this.#schools.collaboration(tx, collaborationId);
      const members = await this.#schools.members(tx, collaborationId, from, to);
      const wanted = new Map(members.filter((member) => query.schoolUrn?.includes(member.urn) ?? true).map((member) => [member.urn, member]));
      const calendars = new Map((await this.#schools.calendars(tx, collaborationId, [...wanted.keys()], from, to)).map((calendar) => [calendar.schoolUrn, calendar]));
      const terms = await sql<TermRow>(tx, `select level, la_code as "laCode", urn, max(to_on) as "to" from calendar_entry where collaboration_id = $1 and kind = 'term' group by level, la_code, urn`, [collaborationId]);
      const schools = [...wanted.values()].flatMap((member) => {
        const calendar = calendars.get(member.urn);
        return calendar ? [{ ...schoolOf(member, calendar, from, to), knownUntil: knownUntil(terms, member) }] : [];
      });
      const spans = schools.flatMap((school) => [
        ...school.closed.map((span) => ({ ...span, urn: school.urn })),
        ...school.gaps.map((span) => ({ ...span, kind: 'not-known' as const, name: 'not known yet', urn: school.urn })),
      ]);
      return {
        from, to, schools,
        shading: shadingOf(spans).map((span) => ({ ...span, urns: [...span.urns] })),
        bankHolidays: bankHolidays(nation, from, to).map((day) => ({ on: day.from, name: day.name })),
      };
    });
  }

  /** The lines as they were entered, before inheritance. */
  lines(who: Scope, collaborationId: string, query: CalendarLineQuery) {
    const { from, to } = periodOf(query);
    return this.#database.read(who, async (tx) => {
      await this.#schools.collaboration(tx, collaborationId);
      const rows = await sql<CalendarLine & { found: number }>(
        tx,
        `select ${line}, count(*) over () as found from calendar_entry
          where collaboration_id = $1 and from_on <= $3 and to_on >= $2
          order by from_on, to_on, kind, id limit $4 offset $5`,
        [collaborationId, from, to, query.size, (query.page - 1) * query.size],
      );
      return { items: rows, total: rows[0]?.found ?? 0, page: query.page, size: query.size };
    });
  }

  add(who: Scope, collaborationId: string, wanted: SaveCalendarLine): Promise<CalendarLine> {
    return this.#database.write(who, async (tx) => {
      await this.#mayChange(tx, who, collaborationId, wanted.target, [wanted]);
      lineEndsAfterStart(wanted);
      const [id] = await this.#store(tx, collaborationId, [wanted]);
      if (!id) throw new DomainError('schools.calendar-line-twice');
      await this.#trail.record(tx, who, { action: 'schools.calendar-line-added', collaborationId, subjectKind: 'calendar-line', subjectId: id, after: wanted });
      return this.#line(tx, collaborationId, id);
    });
  }

  change(who: Scope, collaborationId: string, id: string, wanted: SaveCalendarLine): Promise<CalendarLine> {
    return this.#database.write(who, async (tx) => {
      const before = await this.#line(tx, collaborationId, id);
      mayChangeLine(editorOf(who), targetOf(before), before.kind);
      await this.#mayChange(tx, who, collaborationId, wanted.target, [wanted]);
      lineEndsAfterStart(wanted);
      await sql(tx, 'delete from calendar_entry where collaboration_id = $1 and id = $2', [collaborationId, id]);
      const stored = await this.#store(tx, collaborationId, [wanted], id);
      if (stored.length === 0) throw new DomainError('schools.calendar-line-twice');
      await this.#trail.record(tx, who, { action: 'schools.calendar-line-changed', collaborationId, subjectKind: 'calendar-line', subjectId: id, before, after: wanted });
      return this.#line(tx, collaborationId, id);
    });
  }

  remove(who: Scope, collaborationId: string, id: string): Promise<void> {
    return this.#database.write(who, async (tx) => {
      const before = await this.#line(tx, collaborationId, id);
      mayChangeLine(editorOf(who), targetOf(before), before.kind);
      await sql(tx, 'delete from calendar_entry where collaboration_id = $1 and id = $2', [collaborationId, id]);
      await this.#trail.record(tx, who, { action: 'schools.calendar-line-removed', collaborationId, subjectKind: 'calendar-line', subjectId: id, before });
    });
  }

  /** Pasting the same text again adds nothing; a faulty line is left out alone. */
  paste(who: Scope, collaborationId: string, { target, text, dryRun }: PasteTermDates): Promise<AddedLines> {
    return this.#database.write(who, async (tx) => {
      const { dates, faults } = readTermDatesFile(text);
      await this.#mayChange(tx, who, collaborationId, target, dates);
      const added = await this.#addMissing(tx, who, collaborationId, dates.map((date) => ({ target, ...date })), dryRun);
      return { ...added, errors: [...faults] };
    });
  }

  /** Every line of a school year, for everybody it is for, 52 weeks later. */
  copy(who: Scope, collaborationId: string, { year, dryRun }: CopySchoolYear): Promise<AddedLines> {
    return this.#database.write(who, async (tx) => {
      mayChangeLine(editorOf(who), { level: 'nation' }, 'term');
      const { from, to } = schoolYearStarting(year);
      const old = await sql<CalendarLine>(
        tx,
        `select ${line} from calendar_entry where collaboration_id = $1 and from_on between $2 and $3 and kind in ('term', 'half-term', 'holiday', 'inset') order by from_on, to_on`,
        [collaborationId, from, to],
      );
      return this.#addMissing(tx, who, collaborationId, old.map((one) => ({ ...nextYear(one), target: targetOf(one) })), dryRun);
    });
  }

  async #addMissing(tx: Tx, who: Scope, collaborationId: string, wanted: readonly NewLine[], dryRun: boolean): Promise<AddedLines> {
    const there = new Set((await sql<CalendarLine>(tx, `select ${line} from calendar_entry where collaboration_id = $1`, [collaborationId])).map((one) => keyOf({ ...one, target: targetOf(one) })));
    const lines = wanted.map((one) => {
      const isNew = !there.has(keyOf(one));
      there.add(keyOf(one));
      return { ...one, isNew };
    });
    const fresh = lines.filter((one) => one.isNew);
    if (!dryRun && fresh.length > 0) {
      await this.#store(tx, collaborationId, fresh);
      await this.#trail.record(tx, who, { action: 'schools.calendar-lines-added', collaborationId, subjectKind: 'collaboration', subjectId: collaborationId, after: fresh });
    }
    return { added: fresh.length, alreadyThere: lines.length - fresh.length, lines, errors: [] };
  }

  async #mayChange(tx: Tx, who: Scope, collaborationId: string, target: CalendarTarget, lines: readonly Pick<SaveCalendarLine, 'kind'>[]): Promise<void> {
    for (const { kind } of lines) mayChangeLine(editorOf(who), target, kind);
    await this.#schools.collaboration(tx, collaborationId);
    targetIsInside(target, await this.#schools.members(tx, collaborationId, '1900-01-01', '9999-12-31'));
  }

  /** The ids of what was stored; a line that is there already is passed over. */
  async #store(tx: Tx, collaborationId: string, lines: readonly NewLine[], id?: string): Promise<string[]> {
    const rows = lines.map(({ target, kind, name, from, to }) => ({
      id: id ?? newId(),
      level: target.level,
      la_code: target.level === 'local-authority' ? target.laCode : null,
      urn: target.level === 'school' ? target.urn : null,
      kind, name, from_on: from, to_on: to,
    }));
    const stored = await sql<{ id: string }>(
      tx,
      `insert into calendar_entry (id, collaboration_id, level, la_code, urn, kind, name, from_on, to_on)
       select id, $1, level, la_code, urn, kind, name, from_on, to_on
         from json_to_recordset($2) as r (id uuid, level text, la_code text, urn text, kind text, name text, from_on date, to_on date)
       on conflict do nothing returning id`,
      [collaborationId, JSON.stringify(rows)],
    );
    return stored.map((row) => row.id);
  }

  async #line(tx: Tx, collaborationId: string, id: string): Promise<CalendarLine> {
    const [found] = await sql<CalendarLine>(tx, `select ${line} from calendar_entry where collaboration_id = $1 and id = $2 for update`, [collaborationId, id]);
    if (!found) throw new DomainError('platform.not-found');
    return found;
  }
}

interface TermRow extends Pick<CalendarLine, 'level' | 'laCode' | 'urn'> {
  readonly to: DateOnly;
}

/** The last day of the last term that anybody has entered for a school; null when nobody has. */
function knownUntil(terms: readonly TermRow[], { urn, laCode }: { urn: string; laCode: string | null }): DateOnly | null {
  const own = terms.filter((line) => line.level === 'nation' || (line.level === 'school' ? line.urn === urn : line.laCode === laCode));
  return own.map((line) => line.to).sort().at(-1) ?? null;
}

const editorOf = (who: Scope) => ({ isCoordinator: who.roles.includes('coordinator'), schoolUrns: who.schoolUrns });

function periodOf({ from, to }: DatePeriod): DatePeriod {
  lineEndsAfterStart({ from, to });
  if (daysIn({ from, to }) > longestDays) throw new DomainError('schools.period-too-long', { from, to });
  return { from, to };
}

function targetOf({ level, laCode, urn }: Pick<CalendarLine, 'level' | 'laCode' | 'urn'>): CalendarTarget {
  if (level === 'local-authority' && laCode) return { level, laCode };
  if (level === 'school' && urn) return { level, urn };
  return { level: 'nation' };
}

const keyOf = ({ target, kind, from, to }: Pick<NewLine, 'target' | 'kind' | 'from' | 'to'>) => JSON.stringify([target, kind, from, to]);

function clipped<T extends DatePeriod>(spans: readonly T[], from: DateOnly, to: DateOnly): T[] {
  return spans.flatMap((span) => {
    const shared = overlapOf(span, from, to);
    return shared ? [{ ...span, ...shared }] : [];
  });
}

function schoolOf(member: { urn: string; name: string; laCode: string | null; laName: string | null }, calendar: SchoolCalendar, from: DateOnly, to: DateOnly): Omit<SchoolYear['schools'][number], 'knownUntil'> {
  const touching = <T extends DatePeriod>(spans: readonly T[]) => spans.filter((span) => span.from <= to && span.to >= from);
  return {
    urn: member.urn,
    name: member.name,
    laCode: member.laCode,
    laName: member.laName,
    terms: touching(calendar.terms),
    halfTerms: touching(calendar.halfTerms),
    closed: clipped(calendar.closures, from, to),
    gaps: gapsIn(calendar.known, from, to),
  };
}
