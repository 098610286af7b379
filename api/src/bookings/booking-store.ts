import { Injectable } from '@nestjs/common';
import type { Attendance, Booking, BookingState, Cancellation, EarlierPeriod, LastDeed, Replanning } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { isoOf } from '@fairshare/domain/kernel/zone';
import { sql, type Tx } from '../platform/database.js';
import type { Scope } from '../platform/actor.js';
import { Personal } from '../platform/personal.js';
import { entitlementRows } from './entitlement-ledger.js';

/** A booking as it is stored, with what the domain has no use for. */
export interface StoredBooking {
  readonly booking: Booking;
  readonly requestedByName: string;
  readonly orderedOn: DateOnly;
  /** What part of the price its cancellation costs; null unless cancelled. */
  readonly chargeBasisPoints: number | null;
  /** By URN: the schools' own references. */
  readonly references: Readonly<Record<string, string>>;
}

interface Row {
  id: string;
  collaboration_id: string;
  agreement_id: string;
  specialist_id: string;
  starts_at: Date;
  ends_at: Date;
  place_urn: string | null;
  room_id: string | null;
  capacity: number | null;
  state: BookingState;
  series_id: string | null;
  requested_by: string | null;
  requested_by_name: string;
  on_behalf_of: string | null;
  ordered_on: DateOnly;
  kept_until: Date | null;
  decided_by: string | null;
  cancellation: Cancellation | null;
  charge_basis_points: number | null;
  replanning: Replanning | null;
  delivered_at: Date | null;
  moved_from: EarlierPeriod[];
  last_deed: LastDeed | null;
  sequence: number;
  schools: { urn: string; minutes: number | null; reference: string | null }[];
}

const withSchools = `
  select b.*, (select json_agg(json_build_object('urn', s.urn, 'minutes', s.minutes, 'reference', s.reference) order by s.position)
                 from booking_school s where s.collaboration_id = b.collaboration_id and s.booking_id = b.id) as schools
    from booking b`;

/** Bookings as rows and back. Nobody is a user whose id is empty: the house itself. */
@Injectable()
export class BookingStore {
  readonly #personal: Personal;

  constructor(personal: Personal) {
    this.#personal = personal;
  }

  /** The same booking with the schools' references as they may be stored and kept as an answer: encrypted with each school's key. */
  async sealed(tx: Tx, stored: StoredBooking): Promise<StoredBooking> {
    const references: Record<string, string> = {};
    for (const [urn, text] of Object.entries(stored.references)) {
      references[urn] = await this.#personal.seal(tx, this.#personal.keyOfSchool(stored.booking.collaborationId, urn), text, 'school');
    }
    return { ...stored, references };
  }

  /** The same booking with the reason of its cancellation encrypted: people type what they like there. */
  async withReasonSealed(tx: Tx, who: Scope, stored: StoredBooking): Promise<StoredBooking> {
    const { cancellation } = stored.booking;
    if (!cancellation) return stored;
    const reason = await this.#personal.sealTyped(tx, who, cancellation.reason);
    return { ...stored, booking: { ...stored.booking, cancellation: { ...cancellation, reason } } };
  }

  /** Sessions of a series that are asked for or stand. */
  async sessionsOfSeries(tx: Tx, collaborationId: string, seriesId: string): Promise<number> {
    const [row] = await sql<{ sessions: number }>(
      tx, `select count(*)::int as sessions from booking where collaboration_id = $1 and series_id = $2 and state in ('requested', 'confirmed', 'needs-replanning', 'delivered')`, [collaborationId, seriesId],
    );
    return row?.sessions ?? 1;
  }

  /** @throws `platform.not-found` when it is foreign or missing. */
  async one(tx: Tx, collaborationId: string, bookingId: string, options: { forUpdate?: boolean } = {}): Promise<StoredBooking> {
    const [row] = await sql<Row>(tx, `${withSchools} where b.collaboration_id = $1 and b.id = $2 ${options.forUpdate ? 'for update of b' : ''}`, [collaborationId, bookingId]);
    if (!row) throw new DomainError('platform.not-found');
    return storedOf(row);
  }

  /** By a condition on `b` whose first value is the collaboration, in time order. */
  async where(tx: Tx, condition: string, values: readonly unknown[]): Promise<StoredBooking[]> {
    const rows = await sql<Row>(tx, `${withSchools} where b.collaboration_id = $1 and ${condition}`, values);
    return rows.map(storedOf);
  }

  /** Bookings, their schools and the units they draw (rows of the entitlement ledger in JSON) by one statement. */
  async insert(tx: Tx, stored: readonly StoredBooking[], units: string, now: number): Promise<void> {
    const at = isoOf(now);
    const bookings = stored.map((one) => ({ ...rowOf(one), id: one.booking.id, collaboration_id: one.booking.collaborationId, created_at: at, changed_at: at }));
    const schools = stored.flatMap(({ booking, references }) =>
      booking.schoolUrns.map((urn, position) => ({ collaboration_id: booking.collaborationId, booking_id: booking.id, urn, position, seats: 1, minutes: null, reference: references[urn] ?? null })),
    );
    await sql(
      tx,
      `with made as (insert into booking select * from jsonb_populate_recordset(null::booking, $1)),
            drawn as (insert into entitlement_entry ${entitlementRows('$3')})
       insert into booking_school select * from jsonb_populate_recordset(null::booking_school, $2)`,
      [JSON.stringify(bookings), JSON.stringify(schools), units],
    );
  }

  /** Takes the schools off a booking that are no longer its own. */
  async keepSchools(tx: Tx, { booking }: StoredBooking): Promise<void> {
    await sql(tx, 'delete from booking_school where collaboration_id = $1 and booking_id = $2 and urn <> all ($3)', [booking.collaborationId, booking.id, booking.schoolUrns]);
  }

  /**
   * Attendance first: the booking's own row is closed for ever once it says delivered. `seen` is the sequence of what was
   * decided about: what somebody else has changed since is never overwritten.
   * @throws `bookings.changed-meanwhile`
   */
  async update(tx: Tx, stored: StoredBooking, seen: number, now: number): Promise<void> {
    const { booking } = stored;
    if (booking.attendance.length > 0) {
      await sql(
        tx,
        `update booking_school s set minutes = said.minutes from unnest($3::text[], $4::int[]) as said (urn, minutes)
          where s.collaboration_id = $1 and s.booking_id = $2 and s.urn = said.urn`,
        [booking.collaborationId, booking.id, booking.attendance.map((a) => a.schoolUrn), booking.attendance.map((a) => a.minutes)],
      );
    }
    const row = rowOf(stored);
    const columns = Object.keys(row).join(', ');
    const updated = await sql(
      tx,
      `update booking b set (${columns}, changed_at) = (select ${columns}, $4::timestamptz from jsonb_populate_record(null::booking, $3))
        where b.collaboration_id = $1 and b.id = $2 and b.sequence = $5 returning 1`,
      [booking.collaborationId, booking.id, JSON.stringify(row), isoOf(now), seen],
    );
    if (updated.length === 0) throw new DomainError('bookings.changed-meanwhile', { bookingId: booking.id });
  }
}

const orNull = (id: string | null) => (id === '' ? null : id);
const isoOrNull = (instant: number | null) => (instant === null ? null : isoOf(instant));

/** A booking as the columns that may change. */
function rowOf({ booking, requestedByName, orderedOn, chargeBasisPoints }: StoredBooking) {
  return {
    agreement_id: booking.agreementId,
    specialist_id: booking.specialistId,
    starts_at: isoOf(booking.startsAt),
    ends_at: isoOf(booking.endsAt),
    place_urn: 'schoolUrn' in booking.place ? booking.place.schoolUrn : null,
    room_id: booking.roomId,
    capacity: booking.capacity,
    state: booking.state,
    series_id: booking.seriesId,
    requested_by: orNull(booking.requestedBy),
    requested_by_name: requestedByName,
    on_behalf_of: booking.onBehalfOf,
    ordered_on: orderedOn,
    kept_until: isoOrNull(booking.keptUntil),
    decided_by: orNull(booking.decidedBy),
    cancellation: booking.cancellation,
    charge_basis_points: chargeBasisPoints,
    replanning: booking.replanning,
    delivered_at: isoOrNull(booking.deliveredAt),
    moved_from: booking.movedFrom,
    last_deed: booking.lastDeed,
    sequence: booking.sequence,
  };
}

function storedOf(row: Row): StoredBooking {
  const attendance: Attendance[] = row.state === 'delivered' ? row.schools.map(({ urn, minutes }) => ({ schoolUrn: urn, minutes: minutes ?? 0 })) : [];
  return {
    requestedByName: row.requested_by_name,
    orderedOn: row.ordered_on,
    chargeBasisPoints: row.charge_basis_points,
    references: Object.fromEntries(row.schools.flatMap(({ urn, reference }) => (reference === null ? [] : [[urn, reference]]))),
    booking: {
      id: row.id,
      collaborationId: row.collaboration_id,
      agreementId: row.agreement_id,
      specialistId: row.specialist_id,
      schoolUrns: row.schools.map((school) => school.urn),
      startsAt: row.starts_at.getTime(),
      endsAt: row.ends_at.getTime(),
      place: row.place_urn === null ? { remote: true } : { schoolUrn: row.place_urn },
      roomId: row.room_id,
      capacity: row.capacity,
      state: row.state,
      seriesId: row.series_id,
      requestedBy: row.requested_by ?? '',
      onBehalfOf: row.on_behalf_of,
      keptUntil: row.kept_until?.getTime() ?? null,
      decidedBy: row.decided_by,
      cancellation: row.cancellation,
      replanning: row.replanning,
      attendance,
      deliveredAt: row.delivered_at?.getTime() ?? null,
      movedFrom: row.moved_from,
      lastDeed: row.last_deed,
      sequence: row.sequence,
    },
  };
}
