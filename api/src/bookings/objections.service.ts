import { Injectable } from '@nestjs/common';
import type { DecideObjection, NewObjection, Objections } from '@fairshare/contract/objections';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Instant } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { assertMaySee, schoolActedFor } from './booking-access.js';
import { BookingDeeds } from './booking-deeds.js';
import type { StoredBooking } from './booking-store.js';
import { ObjectionLook } from './objection-look.js';

/** Schools may say within the agreement's days that a delivered session did not happen so; the coordinator decides, once. */
@Injectable()
export class ObjectionsService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #deeds: BookingDeeds;
  readonly #look: ObjectionLook;

  constructor(clock: Clock, database: Database, deeds: BookingDeeds, look: ObjectionLook) {
    this.#clock = clock;
    this.#database = database;
    this.#deeds = deeds;
    this.#look = look;
  }

  list(who: Scope, collaborationId: string, bookingId: string): Promise<Objections> {
    return this.#database.read(who, async (tx) => {
      const stored = await this.#deeds.find(tx, collaborationId, bookingId);
      assertMaySee(who, stored.booking);
      return this.#shown(tx, stored, this.#clock.now().getTime());
    });
  }

  /** Objecting twice is the same as once: the first reason stands. */
  object(who: Scope, collaborationId: string, bookingId: string, said: NewObjection): Promise<Objections> {
    return this.#database.write(who, async (tx) => {
      const stored = await this.#deeds.findForChange(tx, collaborationId, bookingId);
      const urn = schoolFor(who, stored, said.schoolUrn);
      const now = this.#clock.now().getTime();
      if (stored.booking.state !== 'delivered') throw new DomainError('bookings.wrong-state', { state: stored.booking.state });
      const before = await this.#look.of(tx, collaborationId, bookingId);
      if (!before.some((one) => one.schoolUrn === urn)) {
        if (!(await this.#look.isInTime(tx, stored, urn, now))) throw new DomainError('bookings.objection-too-late');
        await this.#look.add(tx, who, stored, { urn, reason: said.reason }, now);
      }
      return this.#shown(tx, stored, now);
    });
  }

  /** Upheld, it did not happen as was said: the units go back and the charge is taken back. Deciding it again the same way changes nothing. */
  decide(who: Scope, collaborationId: string, bookingId: string, urn: string, decided: DecideObjection): Promise<Objections> {
    return this.#database.write(who, async (tx) => {
      await this.#look.lock(tx, await this.#deeds.find(tx, collaborationId, bookingId));
      const stored = await this.#deeds.findForChange(tx, collaborationId, bookingId);
      const now = this.#clock.now().getTime();
      const all = await this.#look.of(tx, collaborationId, bookingId);
      const one = all.find((each) => each.schoolUrn === urn);
      if (!one) throw new DomainError(stored.booking.schoolUrns.includes(urn) ? 'bookings.no-objection' : 'platform.not-found');
      if (one.outcome !== null && one.outcome !== decided.outcome) throw new DomainError('bookings.objection-decided', { outcome: one.outcome });
      if (one.outcome === null) {
        await this.#look.decide(tx, who, stored, { urn, ...decided }, now);
        const isFirst = decided.outcome === 'upheld' && all.every((each) => each.outcome !== 'upheld');
        if (isFirst) await this.#takeBack(tx, who, stored, now);
      }
      return this.#shown(tx, stored, now);
    });
  }

  async #takeBack(tx: Tx, who: Scope, stored: StoredBooking, now: Instant): Promise<void> {
    await this.#deeds.tellNotDelivered(tx, who, stored, now);
    await this.#deeds.giveAllBack(tx, who, stored, now);
  }

  async #shown(tx: Tx, stored: StoredBooking, now: Instant): Promise<Objections> {
    const { booking } = stored;
    const items = await this.#look.of(tx, booking.collaborationId, booking.id);
    if (booking.state !== 'delivered') return { items, standing: null };
    if (items.some((one) => one.outcome === null)) return { items, standing: 'disputed' };
    const silent = booking.schoolUrns.filter((urn) => items.every((one) => one.schoolUrn !== urn));
    for (const urn of silent) if (await this.#look.isInTime(tx, stored, urn, now)) return { items, standing: 'open' };
    return { items, standing: 'final' };
  }
}

/** The school one acts for. @throws `bookings.school-not-part`, `bookings.not-your-school` */
function schoolFor(who: Scope, { booking }: StoredBooking, named: string | undefined): string {
  const urn = schoolActedFor(who, booking, named);
  if (!booking.schoolUrns.includes(urn)) throw new DomainError('bookings.school-not-part', { bookingId: booking.id, schoolUrn: urn });
  return urn;
}
