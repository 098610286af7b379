import { Injectable } from '@nestjs/common';
import type { Seats, TakeSeats } from '@fairshare/contract/seats';
import { takeSeats, type SeatsTaken } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { isoOf } from '@fairshare/domain/kernel/zone';
import { scopeIncludesSchool, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import { assertMaySee } from './booking-access.js';
import { BookingDeeds } from './booking-deeds.js';
import type { StoredBooking } from './booking-store.js';
import { daysAround, SlotDesk, wantedOf } from './slot-desk.js';

/** Training sessions that schools join until they are full. */
@Injectable()
export class SeatsService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #deeds: BookingDeeds;
  readonly #desk: SlotDesk;
  readonly #trail: Trail;

  constructor(clock: Clock, database: Database, deeds: BookingDeeds, desk: SlotDesk, trail: Trail) {
    this.#clock = clock;
    this.#database = database;
    this.#deeds = deeds;
    this.#desk = desk;
    this.#trail = trail;
  }

  list(who: Scope, collaborationId: string, bookingId: string): Promise<Seats> {
    return this.#database.read(who, async (tx) => {
      const stored = await this.#deeds.find(tx, collaborationId, bookingId);
      assertMaySee(who, stored.booking);
      return this.#shown(tx, stored);
    });
  }

  /** The booking's row is locked first: takers come one after another, and the database counts once more. */
  take(who: Scope, collaborationId: string, bookingId: string, { schoolUrn, seats }: TakeSeats): Promise<Seats> {
    const work = async (tx: Tx): Promise<Seats> => {
      const stored = await this.#deeds.findForChange(tx, collaborationId, bookingId);
      const own = who.schoolUrns === 'all' ? stored.booking.schoolUrns[0] : who.schoolUrns[0];
      const urn = schoolUrn ?? own;
      if (urn === undefined || !scopeIncludesSchool(who, urn)) throw new DomainError('bookings.not-your-school');
      const now = this.#clock.now();
      const before = await this.#taken(tx, stored);
      const after = takeSeats(stored.booking, before, { schoolUrn: urn, seats }, now.getTime());
      if (JSON.stringify(after) === JSON.stringify(before)) return this.#shown(tx, stored);
      if (!before.some((one) => one.schoolUrn === urn)) await this.#assertCanCome(tx, stored, urn, now.getTime());
      await this.#store(tx, stored, urn, seats, now.getTime());
      await this.#trail.record(tx, who, { action: 'bookings.seats-taken', collaborationId, subjectKind: 'booking', subjectId: bookingId, before: { seats: before }, after: { seats: after } });
      return this.#shown(tx, stored);
    };
    return this.#desk.explained(this.#database, who, () => this.#database.write(who, work));
  }

  /** The school subscribes and is open that day; the session's own time does not stand in its way. Whoever works in term time works in that of the host. */
  async #assertCanCome(tx: Tx, { booking }: StoredBooking, urn: string, now: number): Promise<void> {
    const agreed = await this.#desk.agreed(tx, booking.collaborationId, booking.agreementId, [booking.specialistId]);
    const rules = await this.#desk.rules(tx, agreed, { schoolUrns: [...new Set([urn, ...booking.schoolUrns, ...hostOf(booking)])], ...daysAround(booking, now, agreed.collaboration.zone), specialistIds: [booking.specialistId] });
    const desk = await this.#desk.open(tx, rules, [urn], [booking.roomId]);
    this.#desk.assertStillStands(desk, { ...wantedOf(booking), schoolUrns: [urn] });
  }

  async #store(tx: Tx, { booking }: StoredBooking, urn: string, seats: number, now: number): Promise<void> {
    const key = [booking.collaborationId, booking.id, urn];
    if (seats === 0) await sql(tx, 'delete from booking_school where collaboration_id = $1 and booking_id = $2 and urn = $3', key);
    else {
      await sql(
        tx,
        `insert into booking_school (collaboration_id, booking_id, urn, position, seats)
         select $1, $2, $3, coalesce(max(position), -1) + 1, $4::smallint from booking_school where collaboration_id = $1 and booking_id = $2
         on conflict (collaboration_id, booking_id, urn) do update set seats = excluded.seats`,
        [...key, seats],
      );
    }
    await sql(tx, 'update booking set sequence = sequence + 1, last_deed = null, changed_at = $3 where collaboration_id = $1 and id = $2', [booking.collaborationId, booking.id, isoOf(now)]);
  }

  async #taken(tx: Tx, { booking }: StoredBooking): Promise<SeatsTaken[]> {
    return sql<SeatsTaken>(tx, 'select urn as "schoolUrn", seats from booking_school where collaboration_id = $1 and booking_id = $2 order by position', [booking.collaborationId, booking.id]);
  }

  async #shown(tx: Tx, { booking }: StoredBooking): Promise<Seats> {
    const schools = await sql<Seats['schools'][number]>(
      tx,
      `select p.urn as "schoolUrn", s.name as "schoolName", p.seats from booking_school p join school s on s.urn = p.urn
        where p.collaboration_id = $1 and p.booking_id = $2 order by p.position`,
      [booking.collaborationId, booking.id],
    );
    const left = booking.capacity === null ? 0 : booking.capacity - schools.reduce((sum, one) => sum + one.seats, 0);
    return { capacity: booking.capacity, left, schools };
  }
}

function hostOf({ place }: StoredBooking['booking']): string[] {
  return 'remote' in place ? [] : [place.schoolUrn];
}
