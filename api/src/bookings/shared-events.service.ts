import { Injectable } from '@nestjs/common';
import type { ChangeSharedEvent, EventTime, NewSharedEvent, PreviewEvent, SharedEvents, SharedEventsQuery } from '@fairshare/contract/shared-events';
import { eventDates, periodOnDate, shiftedLike, type EventDate } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { addDays, daysIn, type DateOnly } from '@fairshare/domain/kernel/period';
import { dateAt, isoOf, msPerDay, parseInstant, wholeDays, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { sentenceOf } from './refusal-sentence.js';
import { mayChangeEvent, SharedEventStore, shownEvent, type StoredEvent } from './shared-event-store.js';

const mostDays = 732;
const longestDays = 60;
/** No rule is followed further than this. */
const farthestDays = 1100;

/** Training, meetings, sports events, INSET days and teacher exchanges: kept by the coordinator and by each school, seen by all. */
@Injectable()
export class SharedEventsService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #schools: SchoolsQueries;
  readonly #store: SharedEventStore;
  readonly #trail: Trail;

  constructor(clock: Clock, database: Database, schools: SchoolsQueries, store: SharedEventStore, trail: Trail) {
    this.#clock = clock;
    this.#database = database;
    this.#schools = schools;
    this.#store = store;
    this.#trail = trail;
  }

  list(who: Scope, collaborationId: string, query: SharedEventsQuery): Promise<SharedEvents> {
    return this.#database.read(who, async (tx) => {
      if (query.to < query.from) throw new DomainError('availability.ends-before-it-starts');
      if (daysIn(query) > mostDays) throw new DomainError('availability.range-too-long');
      const { zone } = await this.#schools.collaboration(tx, collaborationId);
      const { startsAt, endsAt } = wholeDays(query.from, query.to, zone);
      const found = await this.#store.where(
        tx,
        `e.removed_at is null and e.ends_at > $2 and e.starts_at < $3
          and ($4::text is null or exists (select 1 from shared_event_school s where s.collaboration_id = e.collaboration_id and s.event_id = e.id and s.urn = $4)
            or not exists (select 1 from shared_event_school s where s.collaboration_id = e.collaboration_id and s.event_id = e.id))
        order by e.starts_at, e.id limit 2000`,
        [collaborationId, isoOf(startsAt), isoOf(endsAt), query.schoolUrn ?? null],
      );
      return { items: found.map((event) => shownEvent(who, event, zone)) };
    });
  }

  /** Every date of an event that comes again, as planned or skipped; nothing is stored. */
  preview(who: Scope, collaborationId: string, wanted: PreviewEvent): Promise<{ dates: ReturnType<typeof shownDate>[] }> {
    return this.#database.read(who, async (tx) => {
      const { zone } = await this.#schools.collaboration(tx, collaborationId);
      const period = periodOfEvent(wanted.time, zone);
      const dates = await this.#dates(tx, who, collaborationId, wanted, dateAt(period.startsAt, zone));
      return { dates: dates.map((one) => shownDate(one, periodOnDate(period, one.date, zone))) };
    });
  }

  add(who: Scope, collaborationId: string, wanted: NewSharedEvent): Promise<SharedEvents> {
    return this.#database.write(who, async (tx) => {
      const { zone } = await this.#schools.collaboration(tx, collaborationId);
      const period = periodOfEvent(wanted.time, zone);
      const first = dateAt(period.startsAt, zone);
      const { repeat } = wanted;
      const dates: readonly EventDate[] = repeat ? await this.#dates(tx, who, collaborationId, { ...wanted, repeat }, first) : [{ date: first, code: null }];
      const planned = dates.filter((one) => one.code === null);
      if (planned.length === 0) throw new DomainError('bookings.series-empty', { skipped: dates });
      const common = await this.#newEvent(tx, who, collaborationId, wanted, repeat ? newId() : null);
      const events = planned.map((one): StoredEvent => ({ ...common, ...periodOnDate(period, one.date, zone), id: newId() }));
      const now = this.#clock.now().getTime();
      await this.#store.insert(tx, events, now);
      for (const event of events) await this.#tell(tx, who, 'bookings.event-added', event);
      return { items: events.map((event) => shownEvent(who, event, zone)), skipped: dates.filter((one) => one.code !== null).map((one) => shownDate(one, periodOnDate(period, one.date, zone))) };
    });
  }

  /** What it is, who is invited, and when; those that follow it change alike and move by as many days. */
  change(who: Scope, collaborationId: string, id: string, wanted: ChangeSharedEvent): Promise<SharedEvents> {
    return this.#database.write(who, async (tx) => {
      const { zone } = await this.#schools.collaboration(tx, collaborationId);
      const now = this.#clock.now().getTime();
      const [first, ...later] = await this.#own(tx, who, collaborationId, id, wanted.which, 'e.removed_at is null');
      if (!first) throw new DomainError('platform.not-found');
      const period = periodOfEvent(wanted.time, zone);
      const schools = await this.#invited(tx, collaborationId, wanted.schoolUrns, dateAt(period.startsAt, zone));
      const { kind, title, place, details } = wanted;
      const after = [first, ...later].map((event): StoredEvent => {
        const moved = shiftedLike(first, period, event, zone);
        if ('code' in moved) throw new DomainError(moved.code, moved.facts);
        return { ...event, ...moved, kind, title, place: place || null, details: details || null, schools, wholeDays: isWholeDays(wanted.time), sequence: event.sequence + 1 };
      });
      for (const event of after) {
        await this.#store.update(tx, event, now);
        await this.#tell(tx, who, 'bookings.event-changed', event);
      }
      return { items: after.map((event) => shownEvent(who, event, zone)) };
    });
  }

  remove(who: Scope, collaborationId: string, id: string, which: 'one' | 'following'): Promise<SharedEvents> {
    return this.#toggle(who, collaborationId, id, which, 'removed');
  }

  /** Takes a removal back, of a series with all that went at the same time. */
  restore(who: Scope, collaborationId: string, id: string): Promise<SharedEvents> {
    return this.#toggle(who, collaborationId, id, 'following', 'restored');
  }

  #toggle(who: Scope, collaborationId: string, id: string, which: 'one' | 'following', deed: 'removed' | 'restored'): Promise<SharedEvents> {
    return this.#database.write(who, async (tx) => {
      const { zone } = await this.#schools.collaboration(tx, collaborationId);
      const now = this.#clock.now().getTime();
      const condition = deed === 'removed' ? 'e.removed_at is null' : `e.removed_at = (select removed_at from shared_event where collaboration_id = $1 and id = $2)`;
      const before = await this.#own(tx, who, collaborationId, id, which, condition);
      const after = before.map((event) => ({ ...event, removedAt: deed === 'removed' ? now : null, sequence: event.sequence + 1 }));
      for (const event of after) {
        await this.#store.update(tx, event, now);
        await this.#tell(tx, who, `bookings.event-${deed}`, event);
      }
      return { items: after.map((event) => shownEvent(who, event, zone)) };
    });
  }

  /** The event and, when asked for, the later ones of its series. @throws `bookings.not-your-event` */
  async #own(tx: Tx, who: Scope, collaborationId: string, id: string, which: 'one' | 'following', condition: string): Promise<StoredEvent[]> {
    const one = await this.#store.one(tx, collaborationId, id);
    if (!mayChangeEvent(who, one)) throw new DomainError('bookings.not-your-event');
    const series = which === 'following' ? one.seriesId : null;
    return this.#store.where(tx, `${condition} and (e.id = $2 or (e.series_id = $3::uuid and e.starts_at > $4)) order by e.starts_at`, [collaborationId, id, series, isoOf(one.startsAt)]);
  }

  async #newEvent(tx: Tx, who: Scope, collaborationId: string, wanted: NewSharedEvent, seriesId: string | null): Promise<Omit<StoredEvent, 'id' | 'startsAt' | 'endsAt'>> {
    const { kind, title, place, details } = wanted;
    return {
      collaborationId, kind, title, place: place || null, details: details || null, seriesId,
      wholeDays: isWholeDays(wanted.time),
      ownerUrn: who.schoolUrns === 'all' ? null : (who.schoolUrns[0] ?? null),
      createdBy: who.name,
      removedAt: null, changedAt: 0, sequence: 0,
      schools: await this.#invited(tx, collaborationId, wanted.schoolUrns, this.#clock.today()),
    };
  }

  /** @throws `schools.not-a-member` */
  async #invited(tx: Tx, collaborationId: string, urns: readonly string[], on: DateOnly): Promise<{ urn: string; name: string }[]> {
    const members = new Map((await this.#schools.members(tx, collaborationId, on)).map((member) => [member.urn, member.name]));
    const stranger = urns.find((urn) => !members.has(urn));
    if (stranger) throw new DomainError('schools.not-a-member', { urn: stranger });
    return [...new Set(urns)].map((urn) => ({ urn, name: members.get(urn) ?? urn }));
  }

  /** By the school year of whoever hosts it: one's own school, else the first that is invited, else the lead's. */
  async #dates(tx: Tx, who: Scope, collaborationId: string, wanted: PreviewEvent, first: DateOnly): Promise<readonly EventDate[]> {
    const { leadSchoolUrn } = await this.#schools.collaboration(tx, collaborationId);
    const own = who.schoolUrns === 'all' ? undefined : who.schoolUrns[0];
    const [member] = await this.#schools.members(tx, collaborationId, this.#clock.today());
    const host = own ?? wanted.schoolUrns[0] ?? leadSchoolUrn ?? member?.urn ?? '';
    const last = 'until' in wanted.repeat.end && wanted.repeat.end.until > first ? wanted.repeat.end.until : addDays(first, farthestDays);
    const [calendar] = await this.#schools.calendars(tx, collaborationId, [host], first, last < addDays(first, farthestDays) ? last : addDays(first, farthestDays));
    if (!calendar) throw new DomainError('availability.calendar-not-known');
    return eventDates(wanted.repeat.recurrence, wanted.repeat.end, first, calendar);
  }

  #tell(tx: Tx, who: Scope, action: string, { id, collaborationId, kind, title, startsAt, endsAt }: StoredEvent): Promise<void> {
    return this.#trail.record(tx, who, { action, collaborationId, subjectKind: 'shared-event', subjectId: id, after: { kind, title, startsAt: isoOf(startsAt), endsAt: isoOf(endsAt) } });
  }
}

const isWholeDays = (time: EventTime): boolean => 'from' in time;

/** @throws `bookings.ends-before-it-starts`, `bookings.event-too-long`, `availability.no-such-time` */
function periodOfEvent(time: EventTime, zone: string): InstantPeriod {
  if ('from' in time && time.to < time.from) throw new DomainError('bookings.ends-before-it-starts');
  const period = 'from' in time ? wholeDays(time.from, time.to, zone) : { startsAt: parseInstant(time.startsAt, zone), endsAt: parseInstant(time.endsAt, zone) };
  if (period.endsAt <= period.startsAt) throw new DomainError('bookings.ends-before-it-starts');
  if (period.endsAt - period.startsAt > longestDays * msPerDay) throw new DomainError('bookings.event-too-long', { most: longestDays });
  return period;
}

function shownDate({ date, code }: EventDate, { startsAt, endsAt }: InstantPeriod) {
  const detail = sentenceOf(code ?? undefined);
  return { date, startsAt: isoOf(startsAt), endsAt: isoOf(endsAt), outcome: code ? ('skipped' as const) : ('will-book' as const), ...(code ? { code } : {}), ...(detail ? { detail } : {}) };
}
