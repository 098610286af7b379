import { Injectable } from '@nestjs/common';
import type { SlotsQuery } from '@fairshare/contract/availability';
import { findSlots } from '@fairshare/domain/availability';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { isDateOnly } from '@fairshare/domain/kernel/period';
import { dateAt, isoOf, msPerDay, parseInstant, wholeDays, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import { assertDelivers, isSpecialistOnly } from '../availability/diary.js';
import type { Scope } from '../platform/actor.js';
import { Database } from '../platform/database.js';
import { SlotDesk } from './slot-desk.js';
import { slotsAnswer } from './slots-answer.js';

const mostDays = 400;

/** Periods that could be booked, entitlement included. */
@Injectable()
export class SlotsService {
  readonly #database: Database;
  readonly #desk: SlotDesk;

  constructor(database: Database, desk: SlotDesk) {
    this.#database = database;
    this.#desk = desk;
  }

  /** The contract's `Slots`, as they are sent; a specialist is told of their own time only. */
  find(who: Scope, collaborationId: string, query: SlotsQuery): Promise<Buffer> {
    return this.#database.read(who, async (tx) => {
      const agreed = await this.#desk.agreed(tx, collaborationId, query.agreementId);
      const { zone } = agreed.collaboration;
      const span = spanOf(query, zone);
      assertDelivers(who, agreed.agreement);
      const offered = agreed.agreement.specialistIds.filter((id) => !isSpecialistOnly(who) || id === who.specialistId);
      const specialistIds = query.specialistId ? [query.specialistId] : offered;
      if (!specialistIds.every((id) => offered.includes(id))) throw new DomainError('platform.not-found');
      const rules = await this.#desk.rules(tx, agreed, { schoolUrns: query.schoolUrn, from: dateAt(span.startsAt, zone), to: dateAt(span.endsAt - 1, zone), specialistIds });
      const { input } = await this.#desk.open(tx, rules, query.schoolUrn, [query.roomId ?? null]);
      const found = findSlots(input, {
        schoolUrns: query.schoolUrn,
        from: span.startsAt,
        to: span.endsAt,
        minutes: query.minutes,
        specialistIds,
        explain: query.explain,
        roomId: query.roomId ?? null,
        ...(query.remote ? { place: { remote: true } } : {}),
      });
      const refusals = found.refusals?.map((run) => ({ specialistId: run.specialistId, startsAt: isoOf(run.startsAt), endsAt: isoOf(run.endsAt), code: run.code, facts: { ...run.facts } }));
      return slotsAnswer(found.slots, refusals);
    });
  }
}

/** Dates or times; a date as the end includes that day. @throws `availability.ends-before-it-starts`, `availability.range-too-long` */
export function spanOf(query: { from: string; to: string }, zone: string): InstantPeriod {
  const startsAt = isDateOnly(query.from) ? wholeDays(query.from, query.from, zone).startsAt : parseInstant(query.from, zone);
  const endsAt = isDateOnly(query.to) ? wholeDays(query.to, query.to, zone).endsAt : parseInstant(query.to, zone);
  if (endsAt <= startsAt) throw new DomainError('availability.ends-before-it-starts');
  if (endsAt - startsAt > mostDays * msPerDay) throw new DomainError('availability.range-too-long');
  return { startsAt, endsAt };
}
