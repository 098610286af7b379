import { addDays, type DateOnly, type DatePeriod } from '@fairshare/domain/kernel/period';
import { isoOf, wallOf, type Instant } from '@fairshare/domain/kernel/zone';

/** One entry of a calendar as RFC 5545 wants it. `ical-generator` writes DTSTAMP in wall time as soon as there is a zone, which the standard forbids. */
export interface CalendarEvent {
  readonly uid: string;
  /** Grows with every change, so that a calendar program takes the newer one. */
  readonly sequence: number;
  readonly changedAt: Instant;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Of what lasts whole days, the first and the last; then no times are written. */
  readonly days?: DatePeriod;
  readonly status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';
  readonly summary: string;
  readonly location: string | null;
  readonly description?: string;
}

/** What a calendar program is to do with what it reads; an invitation says from whom and to whom. */
export interface Invitation {
  readonly method: 'PUBLISH' | 'REQUEST' | 'CANCEL';
  readonly organizer?: { readonly name: string; readonly email: string };
  readonly attendee?: { readonly name: string; readonly email: string };
}

/** The rules of British clocks since 1996, as every calendar program reads them. */
const london = [
  'BEGIN:VTIMEZONE', 'TZID:Europe/London',
  'BEGIN:DAYLIGHT', 'TZNAME:BST', 'TZOFFSETFROM:+0000', 'TZOFFSETTO:+0100', 'DTSTART:19960331T010000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'END:DAYLIGHT',
  'BEGIN:STANDARD', 'TZNAME:GMT', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0000', 'DTSTART:19961027T020000', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD',
  'END:VTIMEZONE',
];

/** A calendar as text. In Europe/London times carry the zone, elsewhere they are written in UTC. */
export function icalendarOf(name: string, events: readonly CalendarEvent[], zone: string, invitation: Invitation = { method: 'PUBLISH' }): string {
  const isLondon = zone === 'Europe/London';
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Fairshare//Calendar//EN', 'CALSCALE:GREGORIAN', `METHOD:${invitation.method}`,
    ...(invitation.method === 'PUBLISH' ? [`X-WR-CALNAME:${escaped(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H'] : []),
    ...(isLondon ? london : []),
    ...events.flatMap((event) => linesOf(event, isLondon ? zone : null, invitation)),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function linesOf(event: CalendarEvent, zone: string | null, { organizer, attendee }: Invitation): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${inUtc(event.changedAt)}`,
    `LAST-MODIFIED:${inUtc(event.changedAt)}`,
    `DTSTART${event.days ? dateIn(event.days.from) : timeIn(event.startsAt, zone)}`,
    `DTEND${event.days ? dateIn(addDays(event.days.to, 1)) : timeIn(event.endsAt, zone)}`,
    `SUMMARY:${escaped(event.summary)}`,
    ...(event.location ? [`LOCATION:${escaped(event.location)}`] : []),
    ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
    ...(organizer ? [`ORGANIZER;CN=${quoted(organizer.name)}:mailto:${organizer.email}`] : []),
    ...(attendee ? [`ATTENDEE;CN=${quoted(attendee.name)};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${attendee.email}`] : []),
    `STATUS:${event.status}`,
    `TRANSP:${event.status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE'}`,
    'END:VEVENT',
  ];
}

const inUtc = (instant: Instant) => `${isoOf(instant).slice(0, 19).replace(/[-:]/g, '')}Z`;

/** The standard's end of whole days is the day after. */
const dateIn = (date: DateOnly) => `;VALUE=DATE:${date.replaceAll('-', '')}`;

function timeIn(instant: Instant, zone: string | null): string {
  if (!zone) return `:${inUtc(instant)}`;
  const { date, minute } = wallOf(instant, zone);
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}${String(minute % 60).padStart(2, '0')}00`;
  return `;TZID=${zone}:${date.replaceAll('-', '')}T${clock}`;
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (mark) => `\\${mark}`).replace(/\r\n|\r|\n/g, '\\n');
}

/** The value of a parameter: no quotation mark and no line break can stand in it. */
const quoted = (text: string) => `"${text.replace(/["\r\n]/g, ' ')}"`;

/** A line holds at most 75 octets; what is longer goes on after a space, never within a character. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  for (const character of line) {
    if (Buffer.byteLength(piece + character) > (pieces.length === 0 ? 75 : 74)) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece].join('\r\n ');
}
