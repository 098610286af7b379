import { Injectable } from '@nestjs/common';
import type { Booking } from '@fairshare/contract/bookings';
import { isoOf } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { Personal } from '../platform/personal.js';
import { Trail } from '../platform/trail.js';
import { actionsFor, mayReadReference } from './booking-access.js';
import type { StoredBooking } from './booking-store.js';

interface NameRow {
  id: string;
  name: string;
  serviceName: string | null;
  colour: string | null;
}

/** Bookings as people see them: with names, and with a school's reference only for who may read it. */
@Injectable()
export class BookingViews {
  readonly #clock: Clock;
  readonly #personal: Personal;
  readonly #trail: Trail;

  constructor(clock: Clock, personal: Personal, trail: Trail) {
    this.#clock = clock;
    this.#personal = personal;
    this.#trail = trail;
  }

  /** That somebody read the schools' own references stands on the trail, in one line for all that they saw at once. */
  async noteReading(tx: Tx, who: Scope, collaborationId: string, shown: readonly Booking[]): Promise<void> {
    const read = shown.filter((booking) => booking.schools.some((school) => school.reference !== undefined)).map((booking) => booking.id);
    if (read.length === 0) return;
    await this.#trail.record(tx, who, {
      action: 'bookings.references-read', collaborationId, kind: 'reading', subjectKind: 'bookings', subjectId: collaborationId, after: { bookings: read },
    });
  }

  /** In the order of their names, which the database cannot read. */
  async byName<T extends { readonly name: string }>(tx: Tx, rows: readonly T[]): Promise<T[]> {
    return (await this.#personal.reveal([...rows], tx)).sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
  }

  async one(tx: Tx, who: Scope, stored: StoredBooking): Promise<Booking> {
    const [shown] = await this.all(tx, who, stored.booking.collaborationId, [stored]);
    return shown as Booking;
  }

  /** One statement for all the names, however many bookings they are. */
  async all(tx: Tx, who: Scope, collaborationId: string, stored: readonly StoredBooking[]): Promise<Booking[]> {
    if (stored.length === 0) return [];
    const rows = await sql<NameRow>(
      tx,
      `select a.id::text, a.name, s.name as "serviceName", s.colour
         from agreement a join service s on s.collaboration_id = a.collaboration_id and s.id = a.service_id
        where a.collaboration_id = $1 and a.id = any ($2::uuid[])
        union all select id::text, name, null, null from specialist where id = any ($3::uuid[])
        union all select urn, name, null, null from school where urn = any ($4::text[])`,
      [
        collaborationId, [...new Set(stored.map(({ booking }) => booking.agreementId))], [...new Set(stored.map(({ booking }) => booking.specialistId))],
        [...new Set(stored.flatMap(({ booking }) => booking.schoolUrns))],
      ],
    );
    const names = new Map(rows.map((row) => [row.id, row]));
    const now = this.#clock.now().getTime();
    return stored.map((one) => {
      const agreement = names.get(one.booking.agreementId);
      return {
        ...shownBooking(who, one, names),
        actions: actionsFor(who, one, now),
        agreementName: agreement?.name ?? '',
        serviceName: agreement?.serviceName ?? '',
        colour: agreement?.colour ?? null,
        specialistName: names.get(one.booking.specialistId)?.name ?? '',
      };
    });
  }

  async specialistNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await sql<{ id: string; name: string }>(tx, 'select id, name from specialist where id = any ($1::uuid[])', [[...new Set(ids)]]);
    return new Map(rows.map((row) => [row.id, row.name]));
  }

  /** The schools of a booking, host first, by name. */
  async schoolNamesOf(tx: Tx, collaborationId: string, bookingId: string): Promise<string[]> {
    const rows = await sql<{ name: string }>(
      tx,
      'select s.name from booking_school p join school s on s.urn = p.urn where p.collaboration_id = $1 and p.booking_id = $2 order by p.position',
      [collaborationId, bookingId],
    );
    return rows.map((row) => row.name);
  }
}

const isoOrNull = (instant: number | null) => (instant === null ? null : isoOf(instant));

function shownBooking(who: Scope, stored: StoredBooking, names: Map<string, NameRow>): Omit<Booking, 'actions' | 'agreementName' | 'serviceName' | 'colour' | 'specialistName'> {
  const { booking, references } = stored;
  const minutes = new Map(booking.attendance.map((one) => [one.schoolUrn, one.minutes]));
  const { cancellation } = booking;
  return {
    id: booking.id,
    agreementId: booking.agreementId,
    specialistId: booking.specialistId,
    schools: booking.schoolUrns.map((urn) => ({
      urn,
      name: names.get(urn)?.name ?? urn,
      minutes: minutes.get(urn) ?? null,
      ...(references[urn] !== undefined && mayReadReference(who, booking, urn) ? { reference: references[urn] } : {}),
    })),
    startsAt: isoOf(booking.startsAt),
    endsAt: isoOf(booking.endsAt),
    place: 'schoolUrn' in booking.place ? { schoolUrn: booking.place.schoolUrn } : { remote: true },
    roomId: booking.roomId,
    capacity: booking.capacity,
    state: booking.state,
    seriesId: booking.seriesId,
    requestedBy: stored.requestedByName,
    onBehalfOf: booking.onBehalfOf,
    orderedOn: stored.orderedOn,
    keptUntil: isoOrNull(booking.keptUntil),
    cancellation: cancellation && {
      by: cancellation.by, schoolUrn: cancellation.schoolUrn, reason: cancellation.reason, at: isoOf(cancellation.at), chargeBasisPoints: stored.chargeBasisPoints ?? 0,
    },
    replanReason: booking.replanning?.code ?? null,
    deliveredAt: isoOrNull(booking.deliveredAt),
    sequence: booking.sequence,
  };
}
