import { Injectable } from '@nestjs/common';
import type { Booking } from '@fairshare/contract/bookings';
import { TimeTaken } from '../availability/time-taken.js';
import { WorkingTimeService } from '../availability/working-time.service.js';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import type { StoredBooking } from './booking-store.js';
import { BookingViews } from './booking-views.js';

/** What the services that re-plan have in common. */
@Injectable()
export class ReplanDesk {
  readonly #schools: SchoolsQueries;
  readonly #timeTaken: TimeTaken;
  readonly #views: BookingViews;
  readonly #workingTime: WorkingTimeService;

  constructor(schools: SchoolsQueries, timeTaken: TimeTaken, views: BookingViews, workingTime: WorkingTimeService) {
    this.#schools = schools;
    this.#timeTaken = timeTaken;
    this.#views = views;
    this.#workingTime = workingTime;
  }

  /** @throws `platform.not-found` for somebody who does not work for this collaboration. */
  async zoneOf(tx: Tx, collaborationId: string, specialistId: string): Promise<string> {
    await this.#workingTime.assertEngaged(tx, collaborationId, specialistId);
    return (await this.#schools.collaboration(tx, collaborationId)).zone;
  }

  async zone(tx: Tx, collaborationId: string): Promise<string> {
    return (await this.#schools.collaboration(tx, collaborationId)).zone;
  }

  lock(tx: Tx, resources: readonly string[]): Promise<void> {
    return this.#timeTaken.lock(tx, resources);
  }

  show(tx: Tx, who: Scope, collaborationId: string, stored: readonly StoredBooking[]): Promise<Booking[]> {
    return this.#views.all(tx, who, collaborationId, stored);
  }

  specialistNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
    return this.#views.specialistNames(tx, ids);
  }
}
