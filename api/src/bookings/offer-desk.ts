import { Injectable } from '@nestjs/common';
import type { AvailabilityInput } from '@fairshare/domain/availability';
import type { Booking } from '@fairshare/domain/bookings';
import type { Instant } from '@fairshare/domain/kernel/zone';
import type { Asked, Rules } from '../availability/availability.service.js';
import { PeopleQueries } from '../identity/people.queries.js';
import { systemScope } from '../platform/actor.js';
import { sql, type Tx } from '../platform/database.js';
import { Mail } from '../platform/mail.js';
import type { Agreed } from '../procurement/procurement.queries.js';
import { whenOf } from './booking-letters.js';
import { BookingRecorder } from './booking-recorder.js';
import type { StoredBooking } from './booking-store.js';
import { BookingViews } from './booking-views.js';
import { SlotDesk } from './slot-desk.js';

/** What offering needs of the other parts of the room: the rules behind locks, a hold, and a mail to who waited. */
@Injectable()
export class OfferDesk {
  readonly #desk: SlotDesk;
  readonly #mail: Mail;
  readonly #people: PeopleQueries;
  readonly #recorder: BookingRecorder;
  readonly #views: BookingViews;

  constructor(desk: SlotDesk, mail: Mail, people: PeopleQueries, recorder: BookingRecorder, views: BookingViews) {
    this.#desk = desk;
    this.#mail = mail;
    this.#people = people;
    this.#recorder = recorder;
    this.#views = views;
  }

  agreed(tx: Tx, collaborationId: string, agreementId: string, specialistId: string): Promise<Agreed> {
    return this.#desk.agreed(tx, collaborationId, agreementId, [specialistId]);
  }

  rules(tx: Tx, agreed: Agreed, asked: Asked): Promise<Rules> {
    return this.#desk.rules(tx, agreed, asked);
  }

  async openLocked(tx: Tx, rules: Rules, wanted: { agreementId: string; specialistId: string; urns: readonly string[] }): Promise<AvailabilityInput> {
    await this.#desk.lock(tx, wanted.agreementId, { specialistIds: [wanted.specialistId], schoolUrns: wanted.urns, roomIds: [] });
    return (await this.#desk.open(tx, rules, wanted.urns, [])).input;
  }

  async keep(tx: Tx, stored: StoredBooking, margins: { beforeMinutes?: number; afterMinutes?: number }, now: Instant): Promise<void> {
    await this.#recorder.booked(tx, systemScope([stored.booking.collaborationId]), [stored], [], margins, now);
  }

  /** To who asked, and to whoever books for these schools. */
  async tell(tx: Tx, { offerId, booking, zone, askedBy, keptUntil }: { offerId: string; booking: Booking; zone: string; askedBy: string | null; keptUntil: Instant }): Promise<void> {
    const { collaborationId, schoolUrns, specialistId } = booking;
    const people = await this.#people.inRoles(tx, collaborationId);
    const wanted = people.filter((one) => one.userId === askedBy || (one.role === 'business-manager' && one.schoolUrn !== null && schoolUrns.includes(one.schoolUrn)));
    const unwanted = new Set((await sql<{ userId: string }>(tx, `select user_id as "userId" from mail_wish where collaboration_id = $1 and sessions = 'none'`, [collaborationId])).map(({ userId }) => userId));
    const specialist = (await this.#views.specialistNames(tx, [specialistId])).get(specialistId) ?? '';
    const [until] = whenOf({ startsAt: keptUntil, endsAt: keptUntil }, zone).split('–');
    const when = whenOf(booking, zone);
    for (const email of new Set(wanted.filter((one) => !unwanted.has(one.userId)).map((one) => one.email))) {
      await this.#mail.send(tx, {
        to: email, collaborationId, about: { kind: 'waitlist-offer', id: offerId }, subject: `Time is free: ${specialist}, ${when}`, once: `${offerId}.offer`,
        text: [`${specialist} has time: ${when}.`, `It is kept for you until ${until}. After that it goes to the next school in line.`, '', `Take it or leave it: ${this.#mail.link(`/c/${collaborationId}/calendar/waitlist`)}`].join('\n'),
      });
    }
  }
}
