import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Feed, NewFeed } from '@fairshare/contract/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { isoOf, msPerDay } from '@fairshare/domain/kernel/zone';
import { assertOwnDiary, isSpecialistOnly } from '../availability/diary.js';
import { personErased, roleTaken } from '../identity/identity.news.js';
import { scopeIncludesSchool, systemScope, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Events } from '../platform/events.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { CalendarFeedEntity } from './calendar-feed.entity.js';
import { icalendarOf, type CalendarEvent } from './icalendar.js';
import { sharedEventsOfFeed } from './shared-event-feed.js';

/** Far enough back to see this term, far enough ahead for next year's plans. */
const daysBack = 120;
const daysAhead = 400;

interface EventRow {
  id: string;
  state: string;
  sequence: number;
  startsAt: Date;
  endsAt: Date;
  changedAt: Date;
  service: string;
  place: string | null;
  schools: string[];
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** Secret, revocable addresses at which calendar programs read bookings. */
@Injectable()
export class FeedsService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #schools: SchoolsQueries;
  readonly #trail: Trail;

  constructor(clock: Clock, database: Database, events: Events, schools: SchoolsQueries, trail: Trail) {
    this.#clock = clock;
    this.#database = database;
    this.#schools = schools;
    this.#trail = trail;
    // Nobody goes on reading at the address of somebody who was erased.
    events.on(personErased, async (tx, _who, gone) => {
      await sql(tx, `update calendar_feed set revoked_at = $3 where revoked_at is null and (created_by = $1 or (kind = 'specialist' and subject = any ($2::text[])))`, [gone.userId, gone.specialistIds, this.#clock.now()]);
    });
    // Whoever still has another role here makes themselves a new address.
    events.on(roleTaken, async (tx, _who, { userId, collaborationId }) => {
      await sql(tx, 'update calendar_feed set revoked_at = $3 where collaboration_id = $1 and created_by = $2 and revoked_at is null', [collaborationId, userId, this.#clock.now()]);
    });
  }

  list(who: Scope, collaborationId: string): Promise<{ items: Feed[] }> {
    return this.#database.read(who, async (tx) => {
      const feeds = await tx.getRepository(CalendarFeedEntity).find({ where: { collaborationId }, order: { createdAt: 'DESC' }, take: 500 });
      return { items: feeds.filter((feed) => feed.revokedAt === null && isOwn(who, feed)).map(shownFeed) };
    });
  }

  /** The address is shown this once; only its hash is kept. */
  add(who: Scope, collaborationId: string, wanted: NewFeed): Promise<Feed> {
    // It would outlive the days for which somebody stands in.
    if (who.onBehalfOf) throw new DomainError('identity.not-for-others');
    const token = randomBytes(32).toString('base64url');
    const feed: CalendarFeedEntity = {
      id: newId(), collaborationId, tokenHash: hashOf(token), kind: wanted.kind, subject: subjectOf(wanted, collaborationId), createdBy: who.userId, createdAt: this.#clock.now().getTime(), revokedAt: null,
    };
    return this.#database.write(who, async (tx) => {
      await this.#assertMayHave(tx, who, collaborationId, wanted);
      await tx.getRepository(CalendarFeedEntity).insert(feed);
      await this.#trail.record(tx, who, { action: 'bookings.feed-made', collaborationId, subjectKind: 'feed', subjectId: feed.id, after: { kind: feed.kind, subject: feed.subject } });
      return { ...shownFeed(feed), path: `/api/feeds/${token}.ics` };
    });
  }

  /** From now on the address answers 404. */
  async revoke(who: Scope, collaborationId: string, feedId: string): Promise<void> {
    await this.#database.write(who, async (tx) => {
      const feed = await tx.getRepository(CalendarFeedEntity).findOne({ where: { collaborationId, id: feedId } });
      if (!feed || !isOwn(who, feed)) throw new DomainError('platform.not-found');
      if (feed.revokedAt !== null) return;
      await tx.getRepository(CalendarFeedEntity).update({ collaborationId, id: feedId }, { revokedAt: this.#clock.now().getTime() });
      await this.#trail.record(tx, who, { action: 'bookings.feed-revoked', collaborationId, subjectKind: 'feed', subjectId: feedId });
    });
  }

  /** @throws `platform.not-found` for an address that never was or is no more. */
  async read(token: string): Promise<{ text: string; etag: string }> {
    const feed = await this.#database.read(systemScope(), (tx) => tx.getRepository(CalendarFeedEntity).findOne({ where: { tokenHash: hashOf(token) } }));
    if (!feed || feed.revokedAt !== null) throw new DomainError('platform.not-found');
    const text = await this.#database.read(systemScope([feed.collaborationId]), async (tx) => {
      const { name, zone } = await this.#schools.collaboration(tx, feed.collaborationId);
      const now = this.#clock.now().getTime();
      const shared = await sharedEventsOfFeed(tx, feed, { startsAt: now - daysBack * msPerDay, endsAt: now + daysAhead * msPerDay }, zone);
      return icalendarOf(name, [...(await this.#events(tx, feed)).map(eventOf), ...shared], zone);
    });
    return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
  }

  #events(tx: Tx, feed: CalendarFeedEntity): Promise<EventRow[]> {
    const now = this.#clock.now().getTime();
    return sql<EventRow>(
      tx,
      `select b.id, b.state, b.sequence, b.starts_at as "startsAt", b.ends_at as "endsAt", b.changed_at as "changedAt", v.name as service,
              (select name from school where urn = b.place_urn) as place,
              (select array_agg(c.name order by s.position) from booking_school s join school c on c.urn = s.urn
                where s.collaboration_id = b.collaboration_id and s.booking_id = b.id) as schools
         from booking b
         join agreement a on a.collaboration_id = b.collaboration_id and a.id = b.agreement_id
         join service v on v.collaboration_id = a.collaboration_id and v.id = a.service_id
        where b.collaboration_id = $1 and b.starts_at >= $2 and b.starts_at < $3 and b.state not in ('held', 'declined', 'expired')
          and ($4 <> 'specialist' or b.specialist_id::text = $5)
          and ($4 <> 'school' or exists (select 1 from booking_school s where s.collaboration_id = b.collaboration_id and s.booking_id = b.id and s.urn = $5))
        order by b.starts_at, b.id limit 5000`,
      [feed.collaborationId, isoOf(now - daysBack * msPerDay), isoOf(now + daysAhead * msPerDay), feed.kind, feed.subject],
    );
  }

  async #assertMayHave(tx: Tx, who: Scope, collaborationId: string, wanted: NewFeed): Promise<void> {
    if (wanted.kind === 'specialist') {
      assertOwnDiary(who, wanted.specialistId);
      const engaged = await sql(tx, 'select 1 from engagement where collaboration_id = $1 and specialist_id = $2', [collaborationId, wanted.specialistId]);
      if (engaged.length === 0) throw new DomainError('platform.not-found');
      return;
    }
    if (isSpecialistOnly(who)) throw new DomainError('identity.not-allowed');
    if (wanted.kind !== 'school') return;
    if (!scopeIncludesSchool(who, wanted.schoolUrn)) throw new DomainError('bookings.not-your-school');
    const members = await this.#schools.members(tx, collaborationId, this.#clock.today());
    if (!members.some((member) => member.urn === wanted.schoolUrn)) throw new DomainError('platform.not-found');
  }
}

/** Who made it, and who runs the collaboration, may see and revoke it. */
function isOwn(who: Scope, feed: CalendarFeedEntity): boolean {
  return feed.createdBy === who.userId || who.schoolUrns === 'all';
}

function subjectOf(wanted: NewFeed, collaborationId: string): string {
  if (wanted.kind === 'specialist') return wanted.specialistId;
  return wanted.kind === 'school' ? wanted.schoolUrn : collaborationId;
}

function shownFeed({ id, kind, subject, createdAt }: CalendarFeedEntity): Feed {
  return { id, kind, subject, createdAt: isoOf(createdAt) };
}

/** No person's name and none of the schools' own references: a feed is read by programs that nobody here knows. */
function eventOf(row: EventRow): CalendarEvent {
  const status = row.state === 'cancelled' ? 'CANCELLED' : row.state === 'requested' || row.state === 'needs-replanning' ? 'TENTATIVE' : 'CONFIRMED';
  return {
    uid: `${row.id}@fairshare`,
    sequence: row.sequence,
    changedAt: row.changedAt.getTime(),
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    status,
    summary: `${row.service}: ${row.schools.join(', ')}`,
    location: row.place,
  };
}
