import { Injectable } from '@nestjs/common';
import type { NewBooking, Place, Repeat } from '@fairshare/contract/bookings';
import { letGo, type EntitlementEntry } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { Instant } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import { sql, type Tx } from '../platform/database.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { BookingSeriesEntity } from './booking-series.entity.js';
import { BookingStore, type StoredBooking } from './booking-store.js';
import { BookingTeller, type Deed } from './booking-teller.js';
import { EntitlementLedger } from './entitlement-ledger.js';
import { SlotDesk } from './slot-desk.js';

type Margins = { beforeMinutes?: number; afterMinutes?: number };

/** Writes a booking everywhere it leaves a mark: its rows, the time it takes, the units it draws, the trail. */
@Injectable()
export class BookingRecorder {
  readonly #desk: SlotDesk;
  readonly #entitlement: EntitlementLedger;
  readonly #schools: SchoolsQueries;
  readonly #store: BookingStore;
  readonly #teller: BookingTeller;

  constructor(desk: SlotDesk, entitlement: EntitlementLedger, schools: SchoolsQueries, store: BookingStore, teller: BookingTeller) {
    this.#desk = desk;
    this.#entitlement = entitlement;
    this.#schools = schools;
    this.#store = store;
    this.#teller = teller;
  }

  async booked(tx: Tx, who: Scope, asked: readonly StoredBooking[], entries: readonly EntitlementEntry[], margins: Margins, now: Instant): Promise<readonly StoredBooking[]> {
    const stored: StoredBooking[] = [];
    for (const one of asked) stored.push(await this.#store.sealed(tx, one));
    await this.#desk.take(tx, stored.map(({ booking }) => booking), margins);
    const [first] = stored;
    if (!first) return stored;
    await this.#store.insert(tx, stored, this.#entitlement.asRows(who, first.booking.collaborationId, entries), now);
    await this.#teller.made(tx, who, stored);
    return stored;
  }

  /** A booking in its next state; what it occupies and draws on is the caller's to change. */
  async changed(tx: Tx, who: Scope, deed: Deed, before: StoredBooking, after: StoredBooking, now: Instant): Promise<StoredBooking> {
    const stored = await this.#store.withReasonSealed(tx, who, after);
    await this.#store.update(tx, stored, before.booking.sequence, now);
    await this.#teller.changed(tx, who, deed, before, stored);
    return stored;
  }

  /** What one held oneself is let go by the transaction that books: nobody comes in between. A hold that has run out stands in nobody's way. */
  async exchangeHold(tx: Tx, who: Scope, collaborationId: string, wanted: NewBooking, now: Instant): Promise<void> {
    if (!wanted.holdId) return;
    const { booking: held } = await this.#store.one(tx, collaborationId, wanted.holdId);
    if (held.requestedBy !== who.userId) throw new DomainError('platform.not-found');
    await this.#desk.lock(tx, wanted.agreementId, { specialistIds: [held.specialistId, wanted.specialistId], schoolUrns: wanted.schoolUrns, roomIds: [held.roomId, wanted.roomId ?? null] });
    const before = await this.#store.one(tx, collaborationId, wanted.holdId, { forUpdate: true });
    if (before.booking.state !== 'held') return;
    await this.#desk.release(tx, [held.id]);
    await this.changed(tx, who, { action: 'bookings.hold-released' }, before, { ...before, booking: letGo(before.booking) }, now);
  }

  async series(tx: Tx, who: Scope, collaborationId: string, id: string, repeat: Repeat, now: Instant): Promise<void> {
    await tx.getRepository(BookingSeriesEntity).insert({ id, collaborationId, recurrence: repeat, createdBy: who.name, createdAt: now });
  }

  /** @throws `bookings.place-not-known` for a site that is no member's, `platform.not-found` for a foreign room, `bookings.room-elsewhere` for one that is not where the session is. */
  async assertPlaces(tx: Tx, collaborationId: string, wanted: { place?: Place | undefined; roomId?: string | null | undefined; schoolUrns: NewBooking['schoolUrns'] }, on: DateOnly): Promise<void> {
    const { place, roomId, schoolUrns } = wanted;
    if (place && 'schoolUrn' in place && !schoolUrns.includes(place.schoolUrn)) {
      const members = await this.#schools.members(tx, collaborationId, on);
      if (!members.some((member) => member.urn === place.schoolUrn)) throw new DomainError('bookings.place-not-known', { schoolUrn: place.schoolUrn });
    }
    if (!roomId) return;
    const [room] = await sql<{ name: string; urns: string[] }>(
      // A school that became an academy keeps its rooms, which still carry the number it had.
      tx, 'select r.name, array[r.school_urn, s.successor_urn] as urns from room r join school s on s.urn = r.school_urn where r.collaboration_id = $1 and r.id = $2', [collaborationId, roomId],
    );
    if (!room) throw new DomainError('platform.not-found');
    const site = place ?? { schoolUrn: schoolUrns[0] };
    if (!('schoolUrn' in site) || !room.urns.includes(site.schoolUrn ?? '')) throw new DomainError('bookings.room-elsewhere', { room: room.name, schoolUrn: room.urns[0] ?? '' });
  }
}
