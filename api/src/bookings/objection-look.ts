import { Injectable } from '@nestjs/common';
import type { Objection } from '@fairshare/contract/objections';
import { objectionIsInTime } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { addDays } from '@fairshare/domain/kernel/period';
import { dateAt, isoOf, type Instant } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import { sql, type Tx } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import type { StoredBooking } from './booking-store.js';
import { resourcesOf, SlotDesk } from './slot-desk.js';

/** Objections as they are stored, and whether there is still time for one. */
@Injectable()
export class ObjectionLook {
  readonly #desk: SlotDesk;
  readonly #schools: SchoolsQueries;
  readonly #trail: Trail;

  constructor(desk: SlotDesk, schools: SchoolsQueries, trail: Trail) {
    this.#desk = desk;
    this.#schools = schools;
    this.#trail = trail;
  }

  of(tx: Tx, collaborationId: string, bookingId: string): Promise<Objection[]> {
    return sql<Objection>(
      tx,
      `select o.school_urn as "schoolUrn", s.name as "schoolName", o.reason, o.objected_by as "objectedBy", to_jsonb(o.objected_at) #>> '{}' as "objectedAt",
              o.outcome, o.note, o.decided_by as "decidedBy", to_jsonb(o.decided_at) #>> '{}' as "decidedAt"
         from booking_objection o join school s on s.urn = o.school_urn
        where o.collaboration_id = $1 and o.booking_id = $2 order by o.objected_at, o.school_urn`,
      [collaborationId, bookingId],
    );
  }

  /** Through the last of the agreement's working days, by the school's own calendar. */
  async isInTime(tx: Tx, { booking }: StoredBooking, urn: string, now: Instant): Promise<boolean> {
    const { collaboration, agreement } = await this.#desk.agreed(tx, booking.collaborationId, booking.agreementId);
    const from = dateAt(booking.deliveredAt ?? now, collaboration.zone);
    const [calendar] = await this.#schools.calendars(tx, booking.collaborationId, [urn], addDays(from, -1), dateAt(now, collaboration.zone));
    if (!calendar) throw new DomainError('platform.not-found');
    return objectionIsInTime(booking, now, { workingDays: agreement.objectionDays, calendar, zone: collaboration.zone });
  }

  /** Units may come back: nobody else changes the schools' entitlement meanwhile. */
  lock(tx: Tx, { booking }: StoredBooking): Promise<void> {
    return this.#desk.lock(tx, booking.agreementId, { ...resourcesOf(booking), specialistIds: [], roomIds: [] });
  }

  async add(tx: Tx, who: Scope, { booking }: StoredBooking, said: { urn: string; reason: string }, now: Instant): Promise<void> {
    await sql(
      tx,
      'insert into booking_objection (collaboration_id, booking_id, school_urn, reason, objected_by, objected_at) values ($1, $2, $3, $4, $5, $6)',
      [booking.collaborationId, booking.id, said.urn, await this.#trail.typed(tx, who, said.reason), who.name, isoOf(now)],
    );
    await this.#record(tx, who, booking, 'bookings.objected', { schoolUrn: said.urn, reason: said.reason });
  }

  async decide(tx: Tx, who: Scope, { booking }: StoredBooking, decided: { urn: string; outcome: string; note: string }, now: Instant): Promise<void> {
    await sql(
      tx,
      'update booking_objection set outcome = $4, note = $5, decided_by = $6, decided_at = $7 where collaboration_id = $1 and booking_id = $2 and school_urn = $3',
      [booking.collaborationId, booking.id, decided.urn, decided.outcome, await this.#trail.typed(tx, who, decided.note), who.name, isoOf(now)],
    );
    await this.#record(tx, who, booking, 'bookings.objection-decided', { schoolUrn: decided.urn, outcome: decided.outcome, note: decided.note });
  }

  #record(tx: Tx, who: Scope, booking: StoredBooking['booking'], action: string, after: unknown): Promise<void> {
    return this.#trail.record(tx, who, { action, collaborationId: booking.collaborationId, subjectKind: 'booking', subjectId: booking.id, after });
  }
}
