import { Injectable } from '@nestjs/common';
import type { ClosureLook, Deadline, Worklist } from '@fairshare/contract/board';
import type { Booking } from '@fairshare/contract/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { isoOf, msPerDay, wholeDays } from '@fairshare/domain/kernel/zone';
import { isSpecialistOnly } from '../availability/diary.js';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import { assertMayActFor } from './booking-access.js';
import { BookingDeadlineEntity } from './booking-deadline.entity.js';
import { BookingStore, type StoredBooking } from './booking-store.js';
import { sentenceOf } from './refusal-sentence.js';
import type { ReplanAnswerEntity } from './replan-answer.entity.js';
import { ReplanDesk } from './replan-desk.js';

const daysToUndo = 7;

/** What needs re-planning, what is due by law or by agreement first; and what was answered lately. */
@Injectable()
export class WorklistService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #desk: ReplanDesk;
  readonly #store: BookingStore;
  readonly #trail: Trail;

  constructor(clock: Clock, database: Database, desk: ReplanDesk, store: BookingStore, trail: Trail) {
    this.#clock = clock;
    this.#database = database;
    this.#desk = desk;
    this.#store = store;
    this.#trail = trail;
  }

  read(who: Scope, collaborationId: string): Promise<Worklist> {
    return this.#database.read(who, async (tx) => {
      const own = isSpecialistOnly(who) ? who.specialistId : null;
      const due = 'select due_on from booking_deadline d where d.collaboration_id = b.collaboration_id and d.booking_id = b.id';
      const waiting = await this.#store.where(tx, `b.state = 'needs-replanning' and ($2::uuid is null or b.specialist_id = $2) order by (${due}) nulls last, b.starts_at, b.id limit 200`, [collaborationId, own]);
      const deadlines = await tx.getRepository(BookingDeadlineEntity).find({ where: { collaborationId } });
      const byBooking = new Map(deadlines.map((one) => [one.bookingId, one]));
      const shown = await this.#desk.show(tx, who, collaborationId, waiting);
      const items = shown.map((booking, i) => ({ ...booking, ...whyOf(waiting[i] as StoredBooking), dueOn: byBooking.get(booking.id)?.dueOn ?? null, dueWhy: byBooking.get(booking.id)?.why ?? null }));
      return { items, answered: await this.#answered(tx, who, collaborationId, own) };
    });
  }

  /** Before a closure or an INSET day is saved: the bookings that could not take place. Sessions for staff are held on INSET days. */
  closing(who: Scope, collaborationId: string, look: ClosureLook): Promise<{ items: Booking[] }> {
    return this.#database.read(who, async (tx) => {
      if (look.to < look.from) throw new DomainError('availability.ends-before-it-starts');
      const zone = await this.#desk.zone(tx, collaborationId);
      const { startsAt, endsAt } = wholeDays(look.from, look.to, zone);
      const hits = await this.#store.where(
        tx,
        `b.state in ('requested', 'confirmed') and b.starts_at < $3 and b.ends_at > $2
          and exists (select 1 from booking_school p join school c on c.urn = p.urn where p.collaboration_id = b.collaboration_id and p.booking_id = b.id
                        and ($4::text[] is null or p.urn = any ($4)) and ($5::text is null or c.la_code = $5))
          and ($6 <> 'inset' or not exists (select 1 from agreement a join service v on v.collaboration_id = a.collaboration_id and v.id = a.service_id
                        where a.collaboration_id = b.collaboration_id and a.id = b.agreement_id and v.for_staff))
        order by b.starts_at, b.id limit 200`,
        [collaborationId, isoOf(Math.max(startsAt, this.#clock.now().getTime())), isoOf(endsAt), look.schoolUrns ?? null, look.laCode ?? null, look.kind],
      );
      return { items: await this.#desk.show(tx, who, collaborationId, hits) };
    });
  }

  /** By when a session has to take place; null takes the day back. */
  async setDeadline(who: Scope, collaborationId: string, bookingId: string, { dueOn, why }: Deadline): Promise<Booking> {
    return this.#database.write(who, async (tx) => {
      const stored = await this.#store.one(tx, collaborationId, bookingId, { forUpdate: true });
      assertMayActFor(who, stored.booking);
      const deadlines = tx.getRepository(BookingDeadlineEntity);
      const before = await deadlines.findOne({ where: { collaborationId, bookingId } });
      if (dueOn) await deadlines.save({ collaborationId, bookingId, dueOn, why: await this.#trail.typed(tx, who, why ?? null), setBy: who.name, setAt: this.#clock.now().getTime() });
      else await deadlines.delete({ collaborationId, bookingId });
      await this.#trail.record(tx, who, {
        action: 'bookings.deadline-set', collaborationId, subjectKind: 'booking', subjectId: bookingId, before: { dueOn: before?.dueOn ?? null }, after: { dueOn, ...(why ? { why } : {}) },
      });
      const [shown] = await this.#desk.show(tx, who, collaborationId, [stored]);
      return shown as Booking;
    });
  }

  /** Only what nothing has changed since. */
  async #answered(tx: Tx, who: Scope, collaborationId: string, own: string | null): Promise<Worklist['answered']> {
    const since = isoOf(this.#clock.now().getTime() - daysToUndo * msPerDay);
    const answers = await sql<Pick<ReplanAnswerEntity, 'bookingId' | 'answer' | 'before' | 'answeredBy'> & { answeredAt: Date }>(
      tx,
      `select a.booking_id as "bookingId", a.answer, a.before, a.answered_by as "answeredBy", a.answered_at as "answeredAt"
         from replan_answer a join booking b on b.collaboration_id = a.collaboration_id and b.id = a.booking_id
        where a.collaboration_id = $1 and a.undone_at is null and a.answered_at > $2 and b.sequence = a.sequence and ($3::uuid is null or b.specialist_id = $3)
        order by a.answered_at desc limit 20`,
      [collaborationId, since, own],
    );
    const stored = await this.#store.where(tx, 'b.id = any ($2::uuid[])', [collaborationId, answers.map((one) => one.bookingId)]);
    const shown = new Map((await this.#desk.show(tx, who, collaborationId, stored)).map((booking) => [booking.id, booking]));
    const names = await this.#desk.specialistNames(tx, answers.map((one) => one.before.specialistId));
    return answers.flatMap(({ bookingId, answer, before, answeredBy, answeredAt }) => {
      const booking = shown.get(bookingId);
      if (!booking) return [];
      return [{ booking, answer, at: answeredAt.toISOString(), by: answeredBy, wasStartsAt: isoOf(before.startsAt), wasSpecialistName: names.get(before.specialistId) ?? '' }];
    });
  }
}

function whyOf({ booking: { replanning } }: StoredBooking): { since: string; why: string } {
  return { since: isoOf(replanning?.at ?? 0), why: sentenceOf(replanning?.code) ?? 'It cannot take place as it stands.' };
}
