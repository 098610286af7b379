import { isoOf, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import type { Tx } from '../platform/database.js';
import type { CalendarFeedEntity } from './calendar-feed.entity.js';
import type { CalendarEvent } from './icalendar.js';
import { daysOfEvent, SharedEventStore } from './shared-event-store.js';

const kindWords = { training: 'Training', meeting: 'Meeting', sports: 'Sports', inset: 'INSET day', 'teacher-exchange': 'Teacher exchange', other: 'Event' } as const;

/** What a feed of a school or of the whole collaboration says of shared events; a specialist's feed is their diary and has none. */
export async function sharedEventsOfFeed(tx: Tx, feed: Pick<CalendarFeedEntity, 'collaborationId' | 'kind' | 'subject'>, period: InstantPeriod, zone: string): Promise<CalendarEvent[]> {
  if (feed.kind === 'specialist') return [];
  const found = await new SharedEventStore().where(
    tx,
    `e.ends_at > $2 and e.starts_at < $3
      and ($4::text is null or exists (select 1 from shared_event_school s where s.collaboration_id = e.collaboration_id and s.event_id = e.id and s.urn = $4)
        or not exists (select 1 from shared_event_school s where s.collaboration_id = e.collaboration_id and s.event_id = e.id))
    order by e.starts_at, e.id limit 2000`,
    [feed.collaborationId, isoOf(period.startsAt), isoOf(period.endsAt), feed.kind === 'school' ? feed.subject : null],
  );
  return found.map((event) => {
    const days = daysOfEvent(event, zone);
    return {
      uid: `${event.id}@fairshare`,
      sequence: event.sequence,
      changedAt: event.changedAt,
      startsAt: event.startsAt,
      endsAt: event.endsAt,
      ...(days ? { days } : {}),
      status: event.removedAt === null ? 'CONFIRMED' : 'CANCELLED',
      summary: `${kindWords[event.kind]}: ${event.title}`,
      location: event.place,
    };
  });
}
