import { Injectable } from '@nestjs/common';
import type { NewAbsence } from '@fairshare/contract/availability';
import type { AbsenceOutcome } from '@fairshare/contract/bookings';
import type { InstantPeriod } from '@fairshare/domain/kernel/zone';
import { Absences, shownAbsence } from '../availability/absences.js';
import { assertOwnDiary } from '../availability/diary.js';
import { periodOf } from '../availability/working-time.service.js';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { ReplanDesk } from './replan-desk.js';
import { Replanning } from './replanning.service.js';

/** A specialist is away: what it hits is shown before, and needs re-planning afterwards. */
@Injectable()
export class AbsencesService {
  readonly #absences: Absences;
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #desk: ReplanDesk;
  readonly #replanning: Replanning;

  constructor(absences: Absences, clock: Clock, database: Database, desk: ReplanDesk, replanning: Replanning) {
    this.#absences = absences;
    this.#clock = clock;
    this.#database = database;
    this.#desk = desk;
    this.#replanning = replanning;
  }

  list(who: Scope, collaborationId: string, specialistId: string) {
    assertOwnDiary(who, specialistId);
    return this.#database.read(who, async (tx) => {
      await this.#desk.zoneOf(tx, collaborationId, specialistId);
      return { items: (await this.#absences.list(tx, collaborationId, specialistId)).map(shownAbsence) };
    });
  }

  dryRun(who: Scope, collaborationId: string, specialistId: string, wanted: NewAbsence): Promise<AbsenceOutcome> {
    assertOwnDiary(who, specialistId);
    return this.#database.read(who, async (tx) => {
      const period = await this.#period(tx, collaborationId, specialistId, wanted);
      const hits = await this.#replanning.hitBy(tx, collaborationId, specialistId, period);
      return { absence: null, hits: await this.#desk.show(tx, who, collaborationId, hits), restored: [] };
    });
  }

  record(who: Scope, collaborationId: string, specialistId: string, wanted: NewAbsence): Promise<AbsenceOutcome> {
    assertOwnDiary(who, specialistId);
    return this.#database.write(who, async (tx) => {
      const period = await this.#period(tx, collaborationId, specialistId, wanted);
      const now = this.#clock.now().getTime();
      await this.#desk.lock(tx, [specialistId]);
      const hits = await this.#replanning.hitByLocked(tx, collaborationId, specialistId, period);
      const absence = await this.#absences.add(tx, who, collaborationId, specialistId, { ...wanted, period }, now);
      const changed = await this.#replanning.replanAll(tx, who, hits, 'availability.absent', 'specialist', now);
      await this.#replanning.tellOthers(tx, absence.id, specialistId, period, now);
      return { absence: shownAbsence(absence), hits: await this.#desk.show(tx, who, collaborationId, changed), restored: [] };
    });
  }

  /** What it hit stands again where nothing else has come in between. */
  withdraw(who: Scope, collaborationId: string, specialistId: string, absenceId: string): Promise<AbsenceOutcome> {
    assertOwnDiary(who, specialistId);
    return this.#database.write(who, async (tx) => {
      const now = this.#clock.now().getTime();
      const seen = await this.#absences.one(tx, collaborationId, specialistId, absenceId);
      const waiting = await this.#replanning.locked(tx, await this.#replanning.waiting(tx, collaborationId, specialistId, seen), [specialistId]);
      const before = await this.#absences.one(tx, collaborationId, specialistId, absenceId);
      const absence = await this.#absences.withdraw(tx, who, before, now);
      const isNew = before.withdrawnAt === null;
      const restored = isNew ? await this.#replanning.restoreAll(tx, who, waiting, now) : [];
      if (isNew) await this.#replanning.tellOthersOfReturn(tx, specialistId, before, now);
      return { absence: shownAbsence(absence), hits: [], restored: await this.#desk.show(tx, who, collaborationId, restored) };
    });
  }

  async #period(tx: Tx, collaborationId: string, specialistId: string, wanted: NewAbsence): Promise<InstantPeriod> {
    return periodOf(wanted, await this.#desk.zoneOf(tx, collaborationId, specialistId));
  }
}
