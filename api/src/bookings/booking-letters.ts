import type { Tidings } from '@fairshare/domain/bookings';
import type { Instant, InstantPeriod } from '@fairshare/domain/kernel/zone';
import type { CalendarEvent } from './icalendar.js';

/** A session as a mail tells it: never with a school's own reference, nor with a reason that somebody wrote. */
export interface ToldSession extends InstantPeriod {
  readonly id: string;
  readonly sequence: number;
  readonly changedAt: Instant;
  readonly cancelled: boolean;
  readonly service: string;
  readonly specialist: string;
  readonly place: string | null;
  readonly schools: readonly string[];
}

export interface Letter {
  readonly subject: string;
  readonly text: string;
}

const headings: Readonly<Record<Tidings, string>> = {
  confirmed: 'Booked',
  requested: 'Please decide',
  moved: 'Moved',
  cancelled: 'Cancelled',
  declined: 'Declined',
  expired: 'Not decided in time',
  'needs-replanning': 'Needs a new time',
};

const sentences: Readonly<Record<Tidings, (by: string) => string>> = {
  confirmed: (by) => `${by} booked this.`,
  requested: (by) => `${by} asked for this. The time is kept until it is decided.`,
  moved: (by) => `${by} moved it. This is how it stands now.`,
  cancelled: (by) => `${by} cancelled it.`,
  declined: (by) => `${by} declined it. The time is free again.`,
  expired: () => 'Nobody decided before it would have begun, so that the time is free again.',
  'needs-replanning': () => 'Something changed, and it cannot happen as it stands. It is not lost: please choose one of the times that are proposed.',
};

/** `Tue 6 Oct 2026, 09:00–10:00`, as people write it. */
export function whenOf({ startsAt, endsAt }: InstantPeriod, zone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: zone }).format(startsAt).replace(',', '').replace('Sept', 'Sep');
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone });
  return `${day}, ${clock.format(startsAt)}–${clock.format(endsAt)}`;
}

/** One mail for one session, or for a series with all its dates. */
export function letterOf(tidings: Tidings, sessions: readonly ToldSession[], told: { by: string; onBehalfOf: string | null; zone: string; link: string; choose: string }): Letter {
  const [first] = sessions;
  if (!first) throw new Error('A mail about no session is not written.');
  const by = told.onBehalfOf ? `${told.by}, on behalf of ${told.onBehalfOf},` : told.by;
  const when = sessions.map((one) => whenOf(one, told.zone));
  const subject = sessions.length === 1 ? `${headings[tidings]}: ${first.service}, ${when[0]}` : `${headings[tidings]}: ${first.service}, ${sessions.length} sessions from ${when[0]}`;
  const text = [
    `${first.service} with ${first.specialist}`,
    ...when,
    first.place ? `At ${first.place}` : 'Remote: by video or telephone',
    `For ${first.schools.join(', ')}`,
    '',
    sentences[tidings](by),
    '',
    `Open it: ${told.link}`,
    '',
    `Which mails you get is yours to choose: ${told.choose}`,
  ].join('\n');
  return { subject, text };
}

/** The same UID as in the feeds, so that whoever has both sees one entry. */
export function eventOf(session: ToldSession, description: string): CalendarEvent {
  return {
    uid: `${session.id}@fairshare`,
    sequence: session.sequence,
    changedAt: session.changedAt,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    status: session.cancelled ? 'CANCELLED' : 'CONFIRMED',
    summary: `${session.service}: ${session.specialist}, ${session.schools.join(', ')}`,
    location: session.place,
    description,
  };
}
