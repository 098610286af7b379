import { Injectable } from '@nestjs/common';
import { isoOf } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { Events } from '../platform/events.js';
import { Trail } from '../platform/trail.js';
import type { StoredBooking } from './booking-store.js';
import { bookingChanged, bookingsMade } from './bookings.news.js';

export interface Deed {
  readonly action: string;
  readonly reason?: string | undefined;
}

const madeAs = { held: 'bookings.held', requested: 'bookings.requested' } as const;

/** Says what was done to bookings: to the trail, and to whoever listens for news. */
@Injectable()
export class BookingTeller {
  readonly #events: Events;
  readonly #trail: Trail;

  constructor(events: Events, trail: Trail) {
    this.#events = events;
    this.#trail = trail;
  }

  /** Bookings that were made together: one, or a series. */
  async made(tx: Tx, who: Scope, stored: readonly StoredBooking[]): Promise<void> {
    for (const one of stored) await this.#record(tx, who, { action: madeAs[one.booking.state as keyof typeof madeAs] ?? 'bookings.confirmed' }, undefined, one);
    await this.#events.tell(tx, who, bookingsMade, { bookings: stored.map(({ booking }) => booking) });
  }

  async changed(tx: Tx, who: Scope, deed: Deed, before: StoredBooking, after: StoredBooking): Promise<void> {
    await this.#record(tx, who, deed, before, after);
    await this.#events.tell(tx, who, bookingChanged, { before: before.booking, after: after.booking });
  }

  /** The trail names who did it and, when it was for another school, that school; never the school's reference. */
  async #record(tx: Tx, who: Scope, { action, reason }: Deed, before: StoredBooking | undefined, after: StoredBooking): Promise<void> {
    await this.#trail.record(tx, who, {
      action,
      collaborationId: after.booking.collaborationId,
      subjectKind: 'booking',
      subjectId: after.booking.id,
      ...(before ? { before: onTrail(before) } : {}),
      after: { ...onTrail(after), ...(reason ? { reason } : {}) },
    });
  }
}

function onTrail({ booking, chargeBasisPoints }: StoredBooking) {
  const { state, startsAt, endsAt, specialistId, schoolUrns, place, roomId, onBehalfOf, cancellation, replanning, attendance } = booking;
  return {
    state, startsAt: isoOf(startsAt), endsAt: isoOf(endsAt), specialistId, schoolUrns, place, onBehalfOf,
    ...(roomId ? { roomId } : {}),
    ...(cancellation ? { cancelledBy: cancellation.by, reason: cancellation.reason, chargeBasisPoints } : {}),
    ...(replanning ? { replanReason: replanning.code } : {}),
    ...(attendance.length > 0 ? { attendance } : {}),
  };
}
