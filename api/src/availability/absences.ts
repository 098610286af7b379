import { Injectable } from '@nestjs/common';
import type { Absence, NewAbsence } from '@fairshare/contract/availability';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { isoOf, type Instant, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { Events } from '../platform/events.js';
import { newId } from '../platform/new-id.js';
import { Personal } from '../platform/personal.js';
import { Trail } from '../platform/trail.js';
import { AbsenceEntity } from './absence.entity.js';
import { timeOpened } from './availability.news.js';
import { TimeTaken } from './time-taken.js';

/** Absences as they are kept: the reason for one's own collaboration, the time for everybody who might book. */
@Injectable()
export class Absences {
  readonly #events: Events;
  readonly #personal: Personal;
  readonly #timeTaken: TimeTaken;
  readonly #trail: Trail;

  constructor(events: Events, personal: Personal, timeTaken: TimeTaken, trail: Trail) {
    this.#events = events;
    this.#personal = personal;
    this.#timeTaken = timeTaken;
    this.#trail = trail;
  }

  list(tx: Tx, collaborationId: string, specialistId: string): Promise<AbsenceEntity[]> {
    return tx.getRepository(AbsenceEntity).find({ where: { collaborationId, specialistId }, order: { startsAt: 'DESC', id: 'DESC' }, take: 200 });
  }

  /** @throws `platform.not-found` when it is foreign or missing. */
  async one(tx: Tx, collaborationId: string, specialistId: string, id: string): Promise<AbsenceEntity> {
    const found = await tx.getRepository(AbsenceEntity).findOne({ where: { collaborationId, specialistId, id } });
    if (!found) throw new DomainError('platform.not-found');
    return found;
  }

  async add(tx: Tx, who: Scope, collaborationId: string, specialistId: string, wanted: NewAbsence & { period: InstantPeriod }, now: Instant): Promise<AbsenceEntity> {
    const { period, reason, note } = wanted;
    const absence: AbsenceEntity = {
      id: newId(), collaborationId, specialistId, ...period, reason, note: await this.#personal.sealOrNull(tx, specialistId, note), recordedBy: who.name, recordedAt: now, withdrawnAt: null,
    };
    await tx.getRepository(AbsenceEntity).insert(absence);
    await this.#timeTaken.take(tx, [{ resourceKind: 'absence', resourceId: specialistId, ...period, siteUrn: null, holderId: absence.id }]);
    await this.#trail.record(tx, who, { action: 'availability.absence-recorded', collaborationId, subjectKind: 'specialist', subjectId: specialistId, after: { absenceId: absence.id, startsAt: isoOf(period.startsAt), endsAt: isoOf(period.endsAt) } });
    return absence;
  }

  /** It stays on record and takes no time any more. Taking it back twice is the same as once. */
  async withdraw(tx: Tx, who: Scope, absence: AbsenceEntity, now: Instant): Promise<AbsenceEntity> {
    if (absence.withdrawnAt !== null) return absence;
    const { id, collaborationId, specialistId } = absence;
    await tx.getRepository(AbsenceEntity).update({ collaborationId, id }, { withdrawnAt: now });
    await this.#timeTaken.release(tx, [id]);
    await this.#trail.record(tx, who, { action: 'availability.absence-withdrawn', collaborationId, subjectKind: 'specialist', subjectId: specialistId, after: { absenceId: id } });
    await this.#events.tell(tx, who, timeOpened, { specialistId, startsAt: absence.startsAt, endsAt: absence.endsAt });
    return { ...absence, withdrawnAt: now };
  }
}

export function shownAbsence(row: AbsenceEntity): Absence {
  const { id, specialistId, reason, note, recordedBy, withdrawnAt } = row;
  return { id, specialistId, reason, note, recordedBy, startsAt: isoOf(row.startsAt), endsAt: isoOf(row.endsAt), withdrawnAt: withdrawnAt === null ? null : isoOf(withdrawnAt) };
}
