import { Injectable } from '@nestjs/common';
import type { NewBooking, Place, Repeat } from '@fairshare/contract/bookings';
import type { EntitlementEntry } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { isoOf, type Instant } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import { sql, type Tx } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { BookingSeriesEntity } from './booking-series.entity.js';
import { BookingStore, type StoredBooking } from './booking-store.js';
import { EntitlementLedger } from './entitlement-ledger.js';
import { SlotDesk } from './slot-desk.js';

interface Deed {
  readonly action: string;
  readonly reason?: string | undefined;
}

type Margins = { beforeMinutes?: number; afterMinutes?: number };

/** Writes a booking everywhere it leaves a mark: its rows, the time it takes, the units it draws, the trail. */
@Injectable()
export class BookingRecorder {
  readonly #desk: SlotDesk;
  readonly #entitlement: EntitlementLedger;
  readonly #schools: SchoolsQueries;
  readonly #store: BookingStore;
  readonly #trail: Trail;

  constructor(desk: SlotDesk, entitlement: EntitlementLedger, schools: SchoolsQueries, store: BookingStore, trail: Trail) {
    this.#desk = desk;
    this.#entitlement = entitlement;
    this.#schools = schools;
    this.#store = store;
    this.#trail = trail;
  }

  async booked(tx: Tx, who: Scope, stored: readonly StoredBooking[], entries: readonly EntitlementEntry[], margins: Margins, now: Instant): Promise<readonly StoredBooking[]> {
    await this.#desk.take(tx, stored.map(({ booking }) => booking), margins);
    await this.#store.insert(tx, stored, now);
    const [first] = stored;
    if (!first) return stored;
    const { collaborationId } = first.booking;
    await this.#entitlement.record(tx, who, collaborationId, entries);
    for (const one of stored) await this.#told(tx, who, { action: one.booking.state === 'requested' ? 'bookings.requested' : 'bookings.confirmed' }, undefined, one);
    return stored;
  }

  /** A booking in its next state; what it occupies and draws on is the caller's to change. */
  async changed(tx: Tx, who: Scope, deed: Deed, before: StoredBooking, after: StoredBooking, now: Instant): Promise<StoredBooking> {
    await this.#store.update(tx, after, now);
    await this.#told(tx, who, deed, before, after);
    return after;
  }

  async series(tx: Tx, who: Scope, collaborationId: string, id: string, repeat: Repeat, now: Instant): Promise<void> {
    await tx.getRepository(BookingSeriesEntity).insert({ id, collaborationId, recurrence: repeat, createdBy: who.name, createdAt: now });
  }

  /** @throws `bookings.place-not-known` for a site that is no member's, `platform.not-found` for a foreign room. */
  async assertPlaces(tx: Tx, collaborationId: string, wanted: { place?: Place | undefined; roomId?: string | null | undefined; schoolUrns: NewBooking['schoolUrns'] }, on: DateOnly): Promise<void> {
    const { place, roomId, schoolUrns } = wanted;
    if (place && 'schoolUrn' in place && !schoolUrns.includes(place.schoolUrn)) {
      const members = await this.#schools.members(tx, collaborationId, on);
      if (!members.some((member) => member.urn === place.schoolUrn)) throw new DomainError('bookings.place-not-known', { schoolUrn: place.schoolUrn });
    }
    if (!roomId) return;
    const rooms = await sql(tx, 'select 1 from room where collaboration_id = $1 and id = $2', [collaborationId, roomId]);
    if (rooms.length === 0) throw new DomainError('platform.not-found');
  }

  /** The trail names who did it and, when it was for another school, that school; never the school's reference. */
  async #told(tx: Tx, who: Scope, { action, reason }: Deed, before: StoredBooking | undefined, after: StoredBooking): Promise<void> {
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
