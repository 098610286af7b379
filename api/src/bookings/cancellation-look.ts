import { Injectable } from '@nestjs/common';
import { cancellationOutcome, possibleActions, type CancellationOutcome, type CancellingParty } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { addDays } from '@fairshare/domain/kernel/period';
import { dateAt, type Instant } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { assertMayActFor } from './booking-access.js';
import { BookingStore, type StoredBooking } from './booking-store.js';
import { SlotDesk } from './slot-desk.js';

/** On whose account a booking is given up. */
export interface Giver {
  readonly party: CancellingParty;
  readonly schoolUrn: string | null;
}

/** What cancelling looks at before it does anything. */
@Injectable()
export class CancellationLook {
  readonly #desk: SlotDesk;
  readonly #schools: SchoolsQueries;
  readonly #store: BookingStore;

  constructor(desk: SlotDesk, schools: SchoolsQueries, store: BookingStore) {
    this.#desk = desk;
    this.#schools = schools;
    this.#store = store;
  }

  /** The booking itself, and with `following` the later ones of its series that can still be cancelled. */
  async toCancel(tx: Tx, who: Scope, collaborationId: string, bookingId: string, which: 'one' | 'following'): Promise<StoredBooking[]> {
    const one = await this.#store.one(tx, collaborationId, bookingId);
    assertMayActFor(who, one.booking);
    if (which === 'one' || !one.booking.seriesId) return [one];
    const later = await this.#store.where(tx, 'b.series_id = $2 and b.starts_at > $3 order by b.starts_at', [collaborationId, one.booking.seriesId, new Date(one.booking.startsAt)]);
    return [one, ...later.filter(({ booking }) => possibleActions(booking.state).includes('cancel'))];
  }

  async outcome(tx: Tx, { booking }: StoredBooking, giver: Giver, now: Instant): Promise<CancellationOutcome> {
    const { collaboration, agreement } = await this.#desk.agreed(tx, booking.collaborationId, booking.agreementId);
    const host = 'schoolUrn' in booking.place ? booking.place.schoolUrn : undefined;
    const urn = giver.schoolUrn ?? host ?? booking.schoolUrns[0] ?? '';
    const days = [dateAt(now, collaboration.zone), dateAt(booking.startsAt, collaboration.zone)].sort() as [string, string];
    const [calendar] = await this.#schools.calendars(tx, booking.collaborationId, [urn], addDays(days[0], -366), days[1]);
    if (!calendar) throw new DomainError('platform.not-found');
    return cancellationOutcome(booking, { ...giver, now }, { bands: agreement.cancellationBands, calendar, zone: collaboration.zone });
  }
}
