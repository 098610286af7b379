import { isoOf, wallOf, type Instant } from '@fairshare/domain/kernel/zone';

/** One entry of a calendar as RFC 5545 wants it. `ical-generator` writes DTSTAMP in wall time as soon as there is a zone, which the standard forbids. */
export interface CalendarEvent {
  readonly uid: string;
  /** Grows with every change, so that a calendar program takes the newer one. */
  readonly sequence: number;
  readonly changedAt: Instant;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';
  readonly summary: string;
  readonly location: string | null;
}

/** The rules of British clocks since 1996, as every calendar program reads them. */
const london = [
  'BEGIN:VTIMEZONE', 'TZID:Europe/London',
  'BEGIN:DAYLIGHT', 'TZNAME:BST', 'TZOFFSETFROM:+0000', 'TZOFFSETTO:+0100', 'DTSTART:19960331T010000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'END:DAYLIGHT',
  'BEGIN:STANDARD', 'TZNAME:GMT', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0000', 'DTSTART:19961027T020000', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD',
  'END:VTIMEZONE',
];

/** A calendar as text. In Europe/London times carry the zone, elsewhere they are written in UTC. */
export function icalendarOf(name: string, events: readonly CalendarEvent[], zone: string): string {
  const isLondon = zone === 'Europe/London';
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Fairshare//Calendar//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H',
    ...(isLondon ? london : []),
    ...events.flatMap((event) => linesOf(event, isLondon ? zone : null)),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function linesOf(event: CalendarEvent, zone: string | null): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${inUtc(event.changedAt)}`,
    `LAST-MODIFIED:${inUtc(event.changedAt)}`,
    `DTSTART${timeIn(event.startsAt, zone)}`,
    `DTEND${timeIn(event.endsAt, zone)}`,
    `SUMMARY:${escaped(event.summary)}`,
    ...(event.location ? [`LOCATION:${escaped(event.location)}`] : []),
    `STATUS:${event.status}`,
    `TRANSP:${event.status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE'}`,
    'END:VEVENT',
  ];
}

const inUtc = (instant: Instant) => `${isoOf(instant).slice(0, 19).replace(/[-:]/g, '')}Z`;

function timeIn(instant: Instant, zone: string | null): string {
  if (!zone) return `:${inUtc(instant)}`;
  const { date, minute } = wallOf(instant, zone);
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}${String(minute % 60).padStart(2, '0')}00`;
  return `;TZID=${zone}:${date.replaceAll('-', '')}T${clock}`;
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (mark) => `\\${mark}`).replace(/\r\n|\r|\n/g, '\\n');
}

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
