import { Injectable, type OnModuleInit } from '@nestjs/common';
import { tidingsOfChange, tidingsOfNew, type Booking, type Tidings } from '@fairshare/domain/bookings';
import { systemScope, type Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Events } from '../platform/events.js';
import { jobKind, Jobs } from '../platform/jobs.js';
import { Mail, type NewMail } from '../platform/mail.js';
import { eventOf, letterOf, type ToldSession } from './booking-letters.js';
import { BookingReaders, type Addressee } from './booking-readers.js';
import { bookingChanged, bookingsMade } from './bookings.news.js';
import { icalendarOf } from './icalendar.js';

/** What is to be told, as it was when it happened: the job may come later than the next change. */
interface ToTell {
  readonly collaborationId: string;
  readonly bookingIds: readonly string[];
  readonly tidings: Tidings;
  readonly by: string;
  /** Whose diary it left, when it was moved to somebody else. */
  readonly formerSpecialistId?: string;
}

const tellByMail = jobKind<ToTell>('bookings.tell-by-mail');

/**
 * Tells people by mail what happens to bookings, as invitations that their calendars understand: feeds lag by hours.
 * The booking's own transaction stores one job; the mails are written by that job, once each, so that booking stays quick
 * (docs/decisions/0050-mails-are-written-by-a-job.md).
 */
@Injectable()
export class BookingMail implements OnModuleInit {
  readonly #database: Database;
  readonly #jobs: Jobs;
  readonly #mail: Mail;
  readonly #readers: BookingReaders;

  constructor(database: Database, jobs: Jobs, mail: Mail, readers: BookingReaders, events: Events) {
    this.#database = database;
    this.#jobs = jobs;
    this.#mail = mail;
    this.#readers = readers;
    events.on(bookingsMade, (tx, who, { bookings }) => this.#made(tx, who, bookings));
    events.on(bookingChanged, (tx, who, { before, after }) => this.#changed(tx, who, before, after));
  }

  onModuleInit(): void {
    this.#jobs.work(tellByMail, (what) => this.#database.write(systemScope([what.collaborationId]), (tx) => this.#write(tx, what)));
  }

  async #made(tx: Tx, who: Scope, bookings: readonly Booking[]): Promise<void> {
    const [first] = bookings;
    const tidings = first && tidingsOfNew(first);
    if (tidings) await this.#jobs.send(tx, tellByMail, { collaborationId: first.collaborationId, bookingIds: bookings.map(({ id }) => id), tidings, by: who.name });
  }

  async #changed(tx: Tx, who: Scope, before: Booking, after: Booking): Promise<void> {
    const tidings = tidingsOfChange(before, after);
    if (!tidings) return;
    const former = before.specialistId === after.specialistId ? {} : { formerSpecialistId: before.specialistId };
    await this.#jobs.send(tx, tellByMail, { collaborationId: after.collaborationId, bookingIds: [after.id], tidings, by: who.name, ...former });
  }

  async #write(tx: Tx, what: ToTell): Promise<void> {
    const now = this.#mail.now();
    const coming = (await this.#sessions(tx, what)).filter(({ endsAt }) => endsAt > now);
    const [first] = coming;
    // What is over needs no mail: a past term is entered, or the queue was long away.
    if (!first) return;
    const { told, former, onBehalfOf, zone } = await this.#readers.of(tx, what);
    const words = { by: what.by, onBehalfOf, zone, link: this.#mail.link(`/c/${what.collaborationId}/calendar?booking=${first.id}`), choose: this.#mail.link(`/c/${what.collaborationId}/calendar/subscribe`) };
    for (const reader of told) await this.#send(tx, what, reader, what.tidings, coming, words);
    const gone = coming.map((one) => ({ ...one, cancelled: true }));
    for (const reader of former) await this.#send(tx, what, reader, 'cancelled', gone, words);
  }

  async #send(tx: Tx, what: ToTell, reader: Addressee, tidings: Tidings, sessions: readonly ToldSession[], words: Parameters<typeof letterOf>[2]): Promise<void> {
    const [first] = sessions as [ToldSession];
    const letter = letterOf(tidings, sessions, words);
    // Its lines are folded, which would cut a sealed name in two: here names stand open, and the whole goes with whom it names.
    const readable = await this.#mail.readable(tx, { sessions, reader });
    const calendar = invitationOf(tidings, readable.sessions, { reader: readable.reader, from: this.#mail.sender, zone: words.zone, link: words.link });
    const names = sessions.map(({ specialist }) => specialist);
    await this.#mail.send(tx, {
      to: reader.email, ...letter, ...(calendar ? { calendar: { ...calendar, names } } : {}), collaborationId: what.collaborationId, about: { kind: 'booking', id: first.id },
      once: `${first.id}.${first.sequence}.${tidings}`,
    });
  }

  async #sessions(tx: Tx, { collaborationId, bookingIds }: ToTell): Promise<ToldSession[]> {
    const rows = await sql<Omit<ToldSession, 'startsAt' | 'endsAt' | 'changedAt'> & { startsAt: Date; endsAt: Date; changedAt: Date }>(
      tx,
      `select b.id, b.sequence, b.state = 'cancelled' as cancelled, b.starts_at as "startsAt", b.ends_at as "endsAt", b.changed_at as "changedAt", v.name as service, p.name as specialist,
              (select name from school where urn = b.place_urn) as place,
              (select array_agg(c.name order by s.position) from booking_school s join school c on c.urn = s.urn
                where s.collaboration_id = b.collaboration_id and s.booking_id = b.id) as schools
         from booking b
         join agreement a on a.collaboration_id = b.collaboration_id and a.id = b.agreement_id
         join service v on v.collaboration_id = a.collaboration_id and v.id = a.service_id
         join specialist p on p.id = b.specialist_id
        where b.collaboration_id = $1 and b.id = any ($2::uuid[]) order by b.starts_at, b.id`,
      [collaborationId, bookingIds],
    );
    return rows.map((row) => ({ ...row, startsAt: row.startsAt.getTime(), endsAt: row.endsAt.getTime(), changedAt: row.changedAt.getTime() }));
  }
}

/** An invitation for what is certain, its withdrawal for what is over; for a series a calendar with all its dates, since an invitation is to one session. */
function invitationOf(
  tidings: Tidings, sessions: readonly ToldSession[],
  { reader, from, zone, link }: { reader: Addressee; from: { name: string; email: string }; zone: string; link: string },
): NewMail['calendar'] {
  if (tidings !== 'confirmed' && tidings !== 'moved' && tidings !== 'cancelled') return undefined;
  const method = tidings === 'cancelled' ? 'CANCEL' : sessions.length > 1 ? 'PUBLISH' : 'REQUEST';
  const parties = method === 'PUBLISH' ? {} : { organizer: from, attendee: reader };
  return { method, content: icalendarOf('Fairshare', sessions.map((one) => eventOf(one, link)), zone, { method, ...parties }) };
}
