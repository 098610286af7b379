import type { SharedEvent, SharedEventKind } from '@fairshare/contract/shared-events.js';
import type { CalendarEvent } from '../ui/calendar/calendar-model';
import { formatDay, formatWhen } from '../ui/london';
import { serviceColour } from '../ui/service-colour';

export const eventKinds: readonly { readonly kind: SharedEventKind; readonly word: string; readonly many: string }[] = [
  { kind: 'meeting', word: 'Meeting', many: 'Meetings' },
  { kind: 'training', word: 'Training', many: 'Training' },
  { kind: 'inset', word: 'INSET day', many: 'INSET days' },
  { kind: 'sports', word: 'Sports', many: 'Sports' },
  { kind: 'teacher-exchange', word: 'Teacher exchange', many: 'Teacher exchanges' },
  { kind: 'other', word: 'Event', many: 'Other events' },
];

const eventPrefix = 'event:';
const colour = serviceColour(7);

export function kindWord(kind: SharedEventKind): string {
  return eventKinds.find((one) => one.kind === kind)?.word ?? kind;
}

export const isEventId = (id: string): boolean => id.startsWith(eventPrefix);
export const eventIdOf = (id: string): string => id.slice(eventPrefix.length);

/** `Thu 1 Oct 2026 to Fri 2 Oct 2026`, or the day and times. */
export function eventWhen({ days, startsAt, endsAt }: Pick<SharedEvent, 'days' | 'startsAt' | 'endsAt'>): string {
  if (!days) return formatWhen(startsAt, endsAt);
  return days.from === days.to ? formatDay(days.from) : `${formatDay(days.from)} to ${formatDay(days.to)}`;
}

export function schoolsOf(event: Pick<SharedEvent, 'schools'>): string {
  return event.schools.length === 0 ? 'All schools' : event.schools.map((school) => school.name).join(', ');
}

/** A shared event as the calendar draws it: grey, so that the colours stay the services’, and its kind in words. */
export function eventToDraw(event: SharedEvent): CalendarEvent {
  return {
    id: `${eventPrefix}${event.id}`,
    title: `${kindWord(event.kind)}: ${event.title}`,
    detail: [schoolsOf(event), event.place].filter(Boolean).join(' · '),
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    ...(event.days ? { days: event.days } : {}),
    colour,
    kind: 'shared',
    movable: event.mayChange,
  };
}
