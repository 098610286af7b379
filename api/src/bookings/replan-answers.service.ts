import { Injectable } from '@nestjs/common';
import type { AcceptProposal, GiveUp } from '@fairshare/contract/board';
import type { Booking } from '@fairshare/contract/bookings';
import { beforeAnswer } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { IsNull } from 'typeorm';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { BookingChanges } from './booking-changes.service.js';
import type { StoredBooking } from './booking-store.js';
import { Cancellations } from './cancellations.service.js';
import { ReplanAnswerEntity } from './replan-answer.entity.js';
import { Reopening } from './reopening.js';

/** Answers to bookings that need re-planning: accept a proposal, give the session up, or take the answer back. */
@Injectable()
export class ReplanAnswers {
  readonly #cancellations: Cancellations;
  readonly #changes: BookingChanges;
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #reopening: Reopening;

  constructor(cancellations: Cancellations, changes: BookingChanges, clock: Clock, database: Database, reopening: Reopening) {
    this.#cancellations = cancellations;
    this.#changes = changes;
    this.#clock = clock;
    this.#database = database;
    this.#reopening = reopening;
  }

  accept(who: Scope, collaborationId: string, bookingId: string, to: AcceptProposal): Promise<Booking> {
    return this.#changes.move(who, collaborationId, bookingId, to, (tx, before, after) => this.#keep(tx, who, 'accepted', before, after));
  }

  giveUp(who: Scope, collaborationId: string, bookingId: string, { reason }: GiveUp): Promise<Booking> {
    return this.#cancellations.cancel(who, collaborationId, bookingId, { reason, which: 'one', common: false }, (tx, before, after) => this.#keep(tx, who, 'given-up', before, after));
  }

  /** @throws `bookings.changed-since` when something else came in between, `bookings.was-charged` when giving it up cost something. */
  undo(who: Scope, collaborationId: string, bookingId: string): Promise<Booking> {
    return this.#database.write(who, async (tx) => {
      const now = this.#clock.now().getTime();
      await this.#reopening.assertMay(tx, who, collaborationId, bookingId);
      const [answer] = await tx.getRepository(ReplanAnswerEntity).find({ where: { collaborationId, bookingId, undoneAt: IsNull() }, order: { answeredAt: 'DESC' }, take: 1 });
      if (!answer) throw new DomainError('bookings.nothing-to-plan');
      const shown = await this.#reopening.reopen(tx, who, { collaborationId, bookingId }, answer, now);
      await tx.getRepository(ReplanAnswerEntity).update({ collaborationId, id: answer.id }, { undoneAt: now });
      return shown;
    });
  }

  /** @throws `bookings.nothing-to-plan` for a booking that stands: it is moved or cancelled in the usual way. */
  async #keep(tx: Tx, who: Scope, answer: 'accepted' | 'given-up', before: StoredBooking, after: StoredBooking): Promise<void> {
    if (before.booking.state !== 'needs-replanning') throw new DomainError('bookings.nothing-to-plan');
    await tx.getRepository(ReplanAnswerEntity).insert({
      id: newId(), collaborationId: after.booking.collaborationId, bookingId: after.booking.id, answer, before: beforeAnswer(before.booking),
      sequence: after.booking.sequence, answeredBy: who.name, answeredAt: this.#clock.now().getTime(), undoneAt: null,
    });
  }
}
