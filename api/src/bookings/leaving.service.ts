import { Injectable } from '@nestjs/common';
import type { Booking, LeaveBooking } from '@fairshare/contract/bookings';
import { leave } from '@fairshare/domain/bookings';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { schoolActedFor } from './booking-access.js';
import { BookingDeeds } from './booking-deeds.js';
import { CancellationLook } from './cancellation-look.js';
import { Parting } from './parting.js';

/** One of the schools of a joint session does not come after all; the session stays, and those who stay bear it. */
@Injectable()
export class Leaving {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #deeds: BookingDeeds;
  readonly #look: CancellationLook;
  readonly #parting: Parting;

  constructor(clock: Clock, database: Database, deeds: BookingDeeds, look: CancellationLook, parting: Parting) {
    this.#clock = clock;
    this.#database = database;
    this.#deeds = deeds;
    this.#look = look;
    this.#parting = parting;
  }

  leave(who: Scope, collaborationId: string, bookingId: string, { schoolUrn, reason }: LeaveBooking): Promise<Booking> {
    return this.#database.write(who, async (tx) => {
      const seen = await this.#deeds.find(tx, collaborationId, bookingId);
      const urn = schoolActedFor(who, seen.booking, schoolUrn);
      const before = await this.#parting.locked(tx, seen);
      const now = this.#clock.now().getTime();
      const notice = await this.#look.outcome(tx, before, { party: 'school', schoolUrn: urn }, now);
      const booking = leave(before.booking, urn, { now, ...notice });
      return this.#deeds.show(tx, who, await this.#parting.left(tx, who, before, { ...before, booking }, { now, reason }));
    });
  }
}
