import type { Booking } from '@fairshare/contract/bookings.js';
import { serviceColours } from '@fairshare/domain/procurement/index.js';
import type { CalendarEvent } from '../ui/calendar/calendar-model';
import type { IconName } from '../ui/icons';
import { serviceColour, type ServiceColour } from '../ui/service-colour';

type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info';

/** A booking's state as a chip: a word and an icon, never colour alone. */
export const stateChips: Readonly<Record<Booking['state'], { word: string; tone: Tone; icon: IconName }>> = {
  held: { word: 'Held', tone: 'info', icon: 'clock' },
  requested: { word: 'Waits for approval', tone: 'warn', icon: 'clock' },
  confirmed: { word: 'Confirmed', tone: 'good', icon: 'check' },
  delivered: { word: 'Delivered', tone: 'good', icon: 'check' },
  'needs-replanning': { word: 'Needs re-planning', tone: 'bad', icon: 'alert' },
  cancelled: { word: 'Cancelled', tone: 'neutral', icon: 'block' },
  declined: { word: 'Declined', tone: 'neutral', icon: 'block' },
  expired: { word: 'Expired', tone: 'neutral', icon: 'block' },
};

/** The colour that the catalogue gives a service, by its name there. */
export function colourOf(name: string | null): ServiceColour {
  return serviceColour(Math.max(0, serviceColours.findIndex((colour) => colour === name)));
}

export function schoolNames(booking: Booking): string {
  return booking.schools.map((school) => school.name).join(', ');
}

/** What stands before the service in a calendar; what is simply booked needs no word. */
const calendarWords: Partial<Readonly<Record<Booking['state'], string>>> = {
  held: 'Held', requested: 'To approve', 'needs-replanning': 'Re-plan', declined: 'Declined', expired: 'Expired',
};

const gone = new Set<Booking['state']>(['cancelled', 'declined', 'expired']);

export function toEvent(booking: Booking): CalendarEvent {
  const word = calendarWords[booking.state];
  const waiting = booking.state === 'requested' || booking.state === 'held' || booking.state === 'needs-replanning';
  return {
    id: booking.id,
    title: booking.serviceName,
    detail: `${schoolNames(booking)} · ${booking.specialistName}`,
    startsAt: booking.startsAt,
    endsAt: booking.endsAt,
    colour: colourOf(booking.colour),
    kind: gone.has(booking.state) ? 'cancelled' : waiting ? 'requested' : 'booked',
    ...(word ? { word } : {}),
    movable: booking.actions.includes('move'),
  };
}
