import { Injectable } from '@nestjs/common';
import type { NewOutsideCalendar, OutsideCalendar } from '@fairshare/contract/outside-calendars';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { isoOf, type Instant } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Outbound } from '../platform/outbound.js';
import { declaredProblems } from '../platform/problem.js';
import { assertOwnDiary } from './diary.js';
import { OutsideBusyTimes, staleAfterMs } from './outside-busy-times.js';
import { OutsideCalendarEntity } from './outside-calendar.entity.js';

type Shown = OutsideCalendarEntity & { specialistName: string; busyTimes: number };

const fileIsOldAfterMs = 28 * 86_400_000;

/** Calendars that specialists keep elsewhere: added, read again, taken away. */
@Injectable()
export class OutsideCalendars {
  readonly #busyTimes: OutsideBusyTimes;
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #outbound: Outbound;

  constructor(busyTimes: OutsideBusyTimes, clock: Clock, database: Database, outbound: Outbound) {
    this.#busyTimes = busyTimes;
    this.#clock = clock;
    this.#database = database;
    this.#outbound = outbound;
  }

  list(who: Scope, collaborationId: string): Promise<{ items: OutsideCalendar[] }> {
    return this.#database.read(who, async (tx) => ({ items: await this.#shown(tx, collaborationId, null) }));
  }

  async addAddress(who: Scope, collaborationId: string, specialistId: string, wanted: NewOutsideCalendar): Promise<OutsideCalendar> {
    assertOwnDiary(who, specialistId);
    await this.#database.read(who, (tx) => this.#busyTimes.assertMayAdd(tx, collaborationId, specialistId));
    // Read before anything is stored: what cannot be read is refused, and no transaction waits for the network.
    const read = await this.#outbound.read(wanted.address);
    if (read.unchanged) throw new DomainError('platform.address-not-reached', { why: 'it answered nothing' });
    return this.#add(who, collaborationId, specialistId, { name: wanted.name, address: wanted.address, etag: read.etag, text: read.content });
  }

  addFile(who: Scope, collaborationId: string, specialistId: string, file: { name: string; content: Buffer }): Promise<OutsideCalendar> {
    assertOwnDiary(who, specialistId);
    const name = file.name.replace(/\.ics$/i, '').trim().slice(0, 100) || 'Calendar file';
    return this.#add(who, collaborationId, specialistId, { name, address: null, etag: null, text: file.content.toString('utf8') });
  }

  /** Reads an address again, now. */
  async refresh(who: Scope, collaborationId: string, specialistId: string, id: string): Promise<OutsideCalendar> {
    assertOwnDiary(who, specialistId);
    const calendar = await this.#database.read(who, (tx) => find(tx, collaborationId, specialistId, id));
    if (calendar.address === null) throw new DomainError('availability.file-is-not-read-again');
    await this.#busyTimes.readAgain(collaborationId, id);
    return this.#database.read(who, async (tx) => (await this.#shown(tx, collaborationId, id))[0] as OutsideCalendar);
  }

  /** Its busy times are free again. */
  async remove(who: Scope, collaborationId: string, specialistId: string, id: string): Promise<void> {
    assertOwnDiary(who, specialistId);
    await this.#database.write(who, async (tx) => {
      const calendar = await find(tx, collaborationId, specialistId, id);
      await this.#busyTimes.forget(tx, who, calendar);
      await tx.getRepository(OutsideCalendarEntity).delete({ collaborationId, id });
    });
  }

  async #add(who: Scope, collaborationId: string, specialistId: string, wanted: { name: string; address: string | null; etag: string | null; text: string }): Promise<OutsideCalendar> {
    const now = this.#clock.now().getTime();
    const span = this.#busyTimes.span(now);
    const zone = await this.#database.read(who, (tx) => this.#busyTimes.assertMayAdd(tx, collaborationId, specialistId));
    const busy = await this.#busyTimes.parse(wanted.text, span, zone);
    const { text: _, ...rest } = wanted;
    const calendar: OutsideCalendarEntity = {
      id: newId(), collaborationId, specialistId, ...rest, addedBy: who.name, addedAt: now, readAt: now, triedAt: now, fault: null, toldAt: null, knownUntil: span.endsAt,
    };
    return this.#database.write(who, async (tx) => {
      await tx.getRepository(OutsideCalendarEntity).insert({ ...calendar, address: await this.#busyTimes.sealed(tx, specialistId, calendar.address) });
      await this.#busyTimes.replace(tx, calendar, busy);
      await this.#busyTimes.record(tx, who, calendar, 'availability.outside-calendar-added');
      return (await this.#shown(tx, collaborationId, calendar.id))[0] as OutsideCalendar;
    });
  }

  async #shown(tx: Tx, collaborationId: string, id: string | null): Promise<OutsideCalendar[]> {
    const now = this.#clock.now().getTime();
    const rows = await sql<Omit<Shown, 'readAt'> & { readAt: Date }>(
      tx,
      `select c.id, c.specialist_id as "specialistId", p.name as "specialistName", c.name, c.address, c.read_at as "readAt", c.fault,
              (select count(*)::int from time_taken t where t.holder_id = c.id and t.ends_at > $3 and t.starts_at < c.known_until) as "busyTimes"
         from outside_calendar c join specialist p on p.id = c.specialist_id
        where c.collaboration_id = $1 and ($2::uuid is null or c.id = $2) order by p.name, c.added_at, c.id`,
      [collaborationId, id, isoOf(now)],
    );
    return rows.map((row) => shownCalendar({ ...row, readAt: row.readAt.getTime() }, now));
  }
}

/** @throws `platform.not-found` when it is foreign or missing. */
async function find(tx: Tx, collaborationId: string, specialistId: string, id: string): Promise<OutsideCalendarEntity> {
  const found = await tx.getRepository(OutsideCalendarEntity).findOne({ where: { collaborationId, specialistId, id } });
  if (!found) throw new DomainError('platform.not-found');
  return found;
}

function shownCalendar({ id, specialistId, specialistName, name, address, readAt, fault, busyTimes }: Pick<Shown, 'id' | 'specialistId' | 'specialistName' | 'name' | 'address' | 'readAt' | 'fault' | 'busyTimes'>, now: Instant): OutsideCalendar {
  const sentence = fault === null ? undefined : declaredProblems().get(fault)?.[1];
  return {
    id, specialistId, specialistName, name, busyTimes,
    kind: address === null ? 'file' : 'address',
    asOf: isoOf(readAt),
    stale: now - readAt >= (address === null ? fileIsOldAfterMs : staleAfterMs),
    fault: fault === null ? null : { code: fault, detail: typeof sentence === 'string' ? sentence : 'It could not be read.' },
  };
}
