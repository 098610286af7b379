import { Injectable } from '@nestjs/common';
import type { ChangeWorkingHours, ExtraTime, NewExtraTime, NewWorkingPattern, WorkingPattern, WorkingPatterns } from '@fairshare/contract/availability';
import type { WorkingPeriod } from '@fairshare/domain/availability';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { isoOf, parseInstant, wholeDays, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Events } from '../platform/events.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { timeOpened } from './availability.news.js';
import { assertOwnDiary } from './diary.js';
import { ExtraTimeEntity } from './extra-time.entity.js';
import { WorkingPatternEntity } from './working-pattern.entity.js';

/** When specialists work: patterns and what is added to them. */
@Injectable()
export class WorkingTimeService {
  readonly #database: Database;
  readonly #events: Events;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;
  readonly #trail: Trail;

  constructor(database: Database, events: Events, procurement: ProcurementQueries, schools: SchoolsQueries, trail: Trail) {
    this.#database = database;
    this.#events = events;
    this.#procurement = procurement;
    this.#schools = schools;
    this.#trail = trail;
  }

  async patterns(who: Scope, collaborationId: string, specialistId: string): Promise<WorkingPatterns> {
    return this.#database.read(who, async (tx) => {
      await this.assertEngaged(tx, collaborationId, specialistId);
      return this.#of(tx, collaborationId, specialistId);
    });
  }

  /** Of everybody who works for the collaboration: who has none is not in it. */
  async allPatterns(who: Scope, collaborationId: string): Promise<WorkingPatterns> {
    return this.#database.read(who, (tx) => this.#of(tx, collaborationId));
  }

  async addPattern(who: Scope, collaborationId: string, specialistId: string, wanted: NewWorkingPattern): Promise<WorkingPattern> {
    assertOwnDiary(who, specialistId);
    return this.#database.write(who, async (tx) => {
      await this.assertEngaged(tx, collaborationId, specialistId);
      return this.#add(tx, who, collaborationId, specialistId, wanted);
    });
  }

  /** What is booked already stays booked; the pattern says what can be booked from now on. */
  async removePattern(who: Scope, collaborationId: string, specialistId: string, patternId: string): Promise<void> {
    assertOwnDiary(who, specialistId);
    await this.#database.write(who, async (tx) => {
      if (!(await this.#remove(tx, who, collaborationId, specialistId, patternId))) throw new DomainError('platform.not-found');
    });
  }

  /** All or nothing. @throws `availability.hours-changed-meanwhile` when hours that should go are gone already */
  async changeHours(who: Scope, collaborationId: string, specialistId: string, { remove, add }: ChangeWorkingHours): Promise<WorkingPatterns> {
    assertOwnDiary(who, specialistId);
    return this.#database.write(who, async (tx) => {
      await this.assertEngaged(tx, collaborationId, specialistId);
      for (const id of new Set(remove)) {
        if (!(await this.#remove(tx, who, collaborationId, specialistId, id))) throw new DomainError('availability.hours-changed-meanwhile');
      }
      for (const wanted of add) await this.#add(tx, who, collaborationId, specialistId, wanted);
      return this.#of(tx, collaborationId, specialistId);
    });
  }

  async extraTime(who: Scope, collaborationId: string, specialistId: string): Promise<{ items: ExtraTime[] }> {
    return this.#database.read(who, async (tx) => {
      await this.assertEngaged(tx, collaborationId, specialistId);
      const rows = await tx.getRepository(ExtraTimeEntity).find({ where: { collaborationId, specialistId }, order: { startsAt: 'DESC' }, take: 200 });
      return { items: rows.map(shownExtra) };
    });
  }

  async addExtraTime(who: Scope, collaborationId: string, specialistId: string, wanted: NewExtraTime): Promise<ExtraTime> {
    assertOwnDiary(who, specialistId);
    return this.#database.write(who, async (tx) => {
      await this.assertEngaged(tx, collaborationId, specialistId);
      const { zone } = await this.#schools.collaboration(tx, collaborationId);
      const extra = { id: newId(), collaborationId, specialistId, ...periodOf(wanted, zone) };
      await tx.getRepository(ExtraTimeEntity).insert(extra);
      await this.#trail.record(tx, who, { action: 'availability.extra-time-added', collaborationId, subjectKind: 'specialist', subjectId: specialistId, after: wanted });
      await this.#events.tell(tx, who, timeOpened, { specialistId, startsAt: extra.startsAt, endsAt: extra.endsAt });
      return shownExtra(extra);
    });
  }

  async removeExtraTime(who: Scope, collaborationId: string, specialistId: string, extraTimeId: string): Promise<void> {
    assertOwnDiary(who, specialistId);
    await this.#database.write(who, async (tx) => {
      const [gone] = await sql(tx, 'delete from extra_time where collaboration_id = $1 and specialist_id = $2 and id = $3 returning id, starts_at, ends_at', [collaborationId, specialistId, extraTimeId]);
      if (!gone) throw new DomainError('platform.not-found');
      await this.#trail.record(tx, who, { action: 'availability.extra-time-removed', collaborationId, subjectKind: 'specialist', subjectId: specialistId, before: gone });
    });
  }

  async #of(tx: Tx, collaborationId: string, specialistId?: string): Promise<WorkingPatterns> {
    const where = { collaborationId, ...(specialistId ? { specialistId } : {}) };
    const rows = await tx.getRepository(WorkingPatternEntity).find({ where, order: { validFrom: 'ASC', id: 'ASC' } });
    return { items: rows.map(shownPattern) };
  }

  async #add(tx: Tx, who: Scope, collaborationId: string, specialistId: string, wanted: NewWorkingPattern): Promise<WorkingPattern> {
    const { hours, ...rest } = wanted;
    const pattern = { id: newId(), collaborationId, specialistId, ...rest, periods: periodsOf(hours) };
    await tx.getRepository(WorkingPatternEntity).insert(pattern);
    await this.#trail.record(tx, who, { action: 'availability.pattern-added', collaborationId, subjectKind: 'specialist', subjectId: specialistId, after: wanted });
    const { zone } = await this.#schools.collaboration(tx, collaborationId);
    await this.#events.tell(tx, who, timeOpened, { specialistId, ...wholeDays(pattern.validFrom, pattern.validTo ?? pattern.validFrom, zone), ...(pattern.validTo === null ? { endsAt: null } : {}) });
    return shownPattern(pattern);
  }

  /** False when it is foreign or gone. */
  async #remove(tx: Tx, who: Scope, collaborationId: string, specialistId: string, patternId: string): Promise<boolean> {
    const [gone] = await sql(tx, 'delete from working_pattern where collaboration_id = $1 and specialist_id = $2 and id = $3 returning id, valid_from, valid_to, periods', [collaborationId, specialistId, patternId]);
    if (gone) await this.#trail.record(tx, who, { action: 'availability.pattern-removed', collaborationId, subjectKind: 'specialist', subjectId: specialistId, before: gone });
    return gone !== undefined;
  }

  /** @throws `platform.not-found` for somebody who does not work for this collaboration. */
  async assertEngaged(tx: Tx, collaborationId: string, specialistId: string): Promise<void> {
    const found = await this.#procurement.specialists(tx, collaborationId, [specialistId]);
    if (found.length === 0) throw new DomainError('platform.not-found');
  }
}

/** Reads a period as a request writes it. @throws `availability.ends-before-it-starts`, `availability.no-such-time` */
export function periodOf(wanted: { startsAt: string; endsAt: string }, zone: string): InstantPeriod {
  const period = { startsAt: parseInstant(wanted.startsAt, zone), endsAt: parseInstant(wanted.endsAt, zone) };
  if (period.endsAt <= period.startsAt) throw new DomainError('availability.ends-before-it-starts');
  return period;
}

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const clockOf = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function periodsOf(hours: NewWorkingPattern['hours']): WorkingPeriod[] {
  const periods = hours
    .map(({ weekday, from, to }) => ({ weekday, startMinute: minutesOf(from), endMinute: minutesOf(to) }))
    .sort((a, b) => a.weekday - b.weekday || a.startMinute - b.startMinute);
  const overlaps = periods.some((one, i) => one.weekday === periods[i + 1]?.weekday && one.endMinute > (periods[i + 1]?.startMinute ?? 0));
  if (overlaps) throw new DomainError('availability.pattern-overlaps-itself');
  return periods;
}

function shownPattern(row: Pick<WorkingPatternEntity, 'id' | 'specialistId' | 'validFrom' | 'validTo' | 'everyWeeks' | 'anchorOn' | 'termTimeOnly' | 'periods'>): WorkingPattern {
  const { periods, ...rest } = row;
  return { ...rest, hours: periods.map((p) => ({ weekday: p.weekday, from: clockOf(p.startMinute), to: clockOf(p.endMinute) })) };
}

function shownExtra(row: Pick<ExtraTimeEntity, 'id' | 'specialistId' | 'startsAt' | 'endsAt'>): ExtraTime {
  return { id: row.id, specialistId: row.specialistId, startsAt: isoOf(row.startsAt), endsAt: isoOf(row.endsAt) };
}
