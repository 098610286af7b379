import { Injectable } from '@nestjs/common';
import { isTold, type MailWish, type Reader, type Tidings } from '@fairshare/domain/bookings';
import { PeopleQueries, type PersonInRole } from '../identity/people.queries.js';
import { sql, type Tx } from '../platform/database.js';
import { rolesOf } from '../platform/allow.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import './bookings.permissions.js';

export interface Addressee {
  readonly name: string;
  readonly email: string;
}

interface BookingFacts {
  requestedBy: string | null;
  onBehalfOf: string | null;
  specialistId: string;
  specialistName: string;
  specialistEmail: string | null;
  urns: string[];
}

export interface Readers {
  readonly told: readonly Addressee[];
  /** Whose diary it left. */
  readonly former: readonly Addressee[];
  /** The school it was booked for by others, by name. */
  readonly onBehalfOf: string | null;
  readonly zone: string;
}

/** To whom a booking is told. */
@Injectable()
export class BookingReaders {
  readonly #people: PeopleQueries;
  readonly #schools: SchoolsQueries;

  constructor(people: PeopleQueries, schools: SchoolsQueries) {
    this.#people = people;
    this.#schools = schools;
  }

  async of(tx: Tx, what: { collaborationId: string; bookingIds: readonly string[]; tidings: Tidings; formerSpecialistId?: string }): Promise<Readers> {
    const [booking] = await sql<BookingFacts>(
      tx,
      `select b.requested_by as "requestedBy", b.on_behalf_of as "onBehalfOf", b.specialist_id as "specialistId", p.name as "specialistName", p.email::text as "specialistEmail",
              (select array_agg(s.urn) from booking_school s where s.collaboration_id = b.collaboration_id and s.booking_id = b.id) as urns
         from booking b join specialist p on p.id = b.specialist_id where b.collaboration_id = $1 and b.id = $2`,
      [what.collaborationId, what.bookingIds[0]],
    );
    const { zone } = await this.#schools.collaboration(tx, what.collaborationId);
    if (!booking) return { told: [], former: [], onBehalfOf: null, zone };
    const people = await this.#people.inRoles(tx, what.collaborationId);
    const wishes = new Map(
      (await sql<{ userId: string; sessions: MailWish }>(tx, 'select user_id as "userId", sessions from mail_wish where collaboration_id = $1', [what.collaborationId])).map((one) => [one.userId, one.sessions]),
    );
    const told = new Map<string, Addressee>();
    for (const one of people) {
      if (isTold(what.tidings, booking, readerOf(one, booking, wishes.get(one.userId) ?? 'mine'))) told.set(one.userId, one);
    }
    const { onBehalfOf } = booking;
    return {
      told: [...told.values(), ...outsider(booking, what.tidings, people)],
      former: what.formerSpecialistId ? people.filter((one) => one.specialistId === what.formerSpecialistId && wishes.get(one.userId) !== 'none') : [],
      onBehalfOf: onBehalfOf ? ((await this.#schools.names(tx, [onBehalfOf])).get(onBehalfOf) ?? onBehalfOf) : null,
      zone,
    };
  }
}

function readerOf(person: PersonInRole, booking: BookingFacts, wish: MailWish): Reader {
  const { role, schoolUrn } = person;
  const isHere = role !== 'specialist' && (schoolUrn === null || booking.urns.includes(schoolUrn));
  return {
    wish,
    asked: person.userId === booking.requestedBy,
    delivers: person.specialistId === booking.specialistId,
    booksForSchool: role === 'business-manager' && schoolUrn !== null && booking.urns.includes(schoolUrn),
    ofSchool: isHere,
    approves: isHere && rolesOf('bookings.approve').includes(role),
  };
}

/** A specialist who does not sign in here has an address all the same. */
function outsider(booking: BookingFacts, tidings: Tidings, people: readonly PersonInRole[]): Addressee[] {
  const { specialistId, specialistName, specialistEmail } = booking;
  if (!specialistEmail || people.some((one) => one.specialistId === specialistId)) return [];
  const concerned = isTold(tidings, booking, { wish: 'mine', asked: false, delivers: true, booksForSchool: false, ofSchool: false, approves: false });
  return concerned ? [{ name: specialistName, email: specialistEmail }] : [];
}
