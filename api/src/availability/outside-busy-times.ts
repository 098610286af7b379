import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { isoOf, msPerDay, type Instant, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import { systemScope, type Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { jobKind, Jobs } from '../platform/jobs.js';
import { Outbound } from '../platform/outbound.js';
import { busyTimesOf } from './busy-times.js';
import { CalendarOwners } from './calendar-owners.js';
import { OutsideCalendarEntity } from './outside-calendar.entity.js';
import { TimeTaken } from './time-taken.js';

export const staleAfterMs = msPerDay;
const readEveryMs = 3_600_000;
/** Beyond the farthest that any agreement lets one book, and as long again for a file that nobody renews. */
const daysKnown = 800;
/** Beyond what is known nothing is free: so long is longer than anybody books ahead. */
const daysUnknown = 1500;
const mostCalendars = 10;

const readDue = jobKind('availability.read-due-calendars');
const readOne = jobKind<{ collaborationId: string; id: string }>('availability.read-outside-calendar', { retryLimit: 0 });

/** The busy times of outside calendars: read each hour, kept when they cannot be read, and never silently free. */
@Injectable()
export class OutsideBusyTimes implements OnModuleInit {
  readonly #database: Database;
  readonly #jobs: Jobs;
  readonly #outbound: Outbound;
  readonly #owners: CalendarOwners;
  readonly #timeTaken: TimeTaken;

  constructor(database: Database, jobs: Jobs, outbound: Outbound, owners: CalendarOwners, timeTaken: TimeTaken) {
    this.#database = database;
    this.#jobs = jobs;
    this.#outbound = outbound;
    this.#owners = owners;
    this.#timeTaken = timeTaken;
  }

  onModuleInit(): void {
    this.#jobs.every(600, readDue, () => this.readDue());
    this.#jobs.work(readOne, ({ collaborationId, id }) => this.readAgain(collaborationId, id));
  }

  span(now: Instant): InstantPeriod {
    return { startsAt: now - msPerDay, endsAt: now + daysKnown * msPerDay };
  }

  parse(text: string, span: InstantPeriod, zone: string): Promise<InstantPeriod[]> {
    return busyTimesOf(text, span, zone);
  }

  /** The zone of the collaboration. @throws `platform.not-found` for somebody who does not work for it, `availability.too-many-calendars` */
  async assertMayAdd(tx: Tx, collaborationId: string, specialistId: string): Promise<string> {
    const engaged = await sql(tx, 'select 1 from engagement where collaboration_id = $1 and specialist_id = $2', [collaborationId, specialistId]);
    if (engaged.length === 0) throw new DomainError('platform.not-found');
    const count = await tx.getRepository(OutsideCalendarEntity).count({ where: { collaborationId, specialistId } });
    if (count >= mostCalendars) throw new DomainError('availability.too-many-calendars', { most: mostCalendars });
    return this.#owners.zone(tx, collaborationId);
  }

  sealed(tx: Tx, specialistId: string, address: string | null): Promise<string | null> {
    return this.#owners.sealed(tx, specialistId, address);
  }

  /** What is busy now takes the place of what was; from where nothing is known on, all of it is busy. */
  async replace(tx: Tx, calendar: OutsideCalendarEntity, busy: readonly InstantPeriod[]): Promise<void> {
    const { id, specialistId, knownUntil } = calendar;
    await this.#timeTaken.lock(tx, [specialistId]);
    await this.#timeTaken.release(tx, [id]);
    const unknown = { startsAt: knownUntil, endsAt: knownUntil + daysUnknown * msPerDay };
    await this.#timeTaken.take(tx, [...busy, unknown].map((period) => ({ resourceKind: 'absence', resourceId: specialistId, siteUrn: null, holderId: id, ...period })));
  }

  async forget(tx: Tx, who: Scope, calendar: OutsideCalendarEntity): Promise<void> {
    await this.#timeTaken.lock(tx, [calendar.specialistId]);
    await this.#timeTaken.release(tx, [calendar.id]);
    await this.record(tx, who, calendar, 'availability.outside-calendar-removed');
  }

  record(tx: Tx, who: Scope, calendar: OutsideCalendarEntity, action: string): Promise<void> {
    return this.#owners.record(tx, who, calendar, action);
  }

  /** Each that was not tried for an hour gets a job of its own, so that a slow one keeps no other waiting. */
  async readDue(): Promise<void> {
    const now = this.#owners.now();
    await this.#database.write(systemScope(), async (tx) => {
      const due = await sql<{ collaborationId: string; id: string }>(
        tx,
        `update outside_calendar set tried_at = $1 where address is not null and tried_at <= $2 returning collaboration_id as "collaborationId", id`,
        [isoOf(now), isoOf(now - readEveryMs)],
      );
      for (const one of due) await this.#jobs.send(tx, readOne, one);
    });
  }

  /** Reads one now. What cannot be read keeps what was known, says so, and after a day its owner is told. */
  async readAgain(collaborationId: string, id: string): Promise<void> {
    const house = systemScope([collaborationId]);
    const found = await this.#database.read(house, async (tx) => {
      const seen = await tx.getRepository(OutsideCalendarEntity).findOne({ where: { collaborationId, id } });
      return seen?.address ? { seen, address: await this.#owners.opened(tx, seen.address) } : null;
    });
    if (!found) return;
    const { seen, address } = found;
    const now = this.#owners.now();
    try {
      // Every week it is read whole, so that what is known moves on with the days.
      const isOld = seen.knownUntil - now < (daysKnown - 7) * msPerDay;
      const read = await this.#outbound.read(address, isOld ? null : seen.etag);
      const span = this.span(now);
      const zone = await this.#database.read(house, (tx) => this.#owners.zone(tx, collaborationId));
      const busy = read.unchanged ? null : await this.parse(read.content, span, zone);
      await this.#database.write(house, async (tx) => {
        const fresh = { readAt: now, triedAt: now, fault: null, toldAt: null, ...(read.unchanged ? {} : { etag: read.etag, knownUntil: span.endsAt }) };
        const { affected } = await tx.getRepository(OutsideCalendarEntity).update({ collaborationId, id }, fresh);
        if (affected && busy) await this.replace(tx, { ...seen, ...fresh }, busy);
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.#database.write(house, (tx) => this.#failed(tx, seen, error.code, now));
    }
  }

  async #failed(tx: Tx, calendar: OutsideCalendarEntity, fault: string, now: Instant): Promise<void> {
    const { collaborationId, id, readAt, toldAt } = calendar;
    const tell = toldAt === null && now - readAt >= staleAfterMs;
    await tx.getRepository(OutsideCalendarEntity).update({ collaborationId, id }, { triedAt: now, fault, ...(tell ? { toldAt: now } : {}) });
    if (tell) await this.#owners.tellUnread(tx, calendar);
  }
}
