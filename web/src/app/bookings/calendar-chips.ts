import type { Booking } from '@fairshare/contract/bookings.js';
import type { SharedEvent } from '@fairshare/contract/shared-events.js';
import { serviceColour } from '../ui/service-colour';
import { colourOf } from './booking-words';
import type { FilterChip } from './calendar-filters';
import { eventKinds } from './event-words';

export const chipOfBooking = (booking: Booking): string => `service:${booking.serviceName}`;
export const chipOfEvent = (event: SharedEvent): string => `kind:${event.kind}`;

/** What the address says is not shown. */
export function hiddenOf(param: string): ReadonlySet<string> {
  return new Set(param.split(',').filter(Boolean));
}

/** A chip for each service and kind in view, and for what is hidden, so that it can be shown again. */
export function chipsOf(bookings: readonly Booking[], events: readonly SharedEvent[], hidden: ReadonlySet<string>): FilterChip[] {
  const services = new Map<string, FilterChip>();
  for (const booking of bookings) {
    const key = chipOfBooking(booking);
    if (!services.has(key)) services.set(key, { key, label: booking.serviceName, edge: colourOf(booking.colour).edge });
  }
  for (const key of hidden) if (key.startsWith('service:') && !services.has(key)) services.set(key, { key, label: key.slice(8), edge: serviceColour(7).edge });
  const there = new Set([...events.map(chipOfEvent), ...hidden]);
  const kinds = eventKinds.map(({ kind, many }) => ({ key: `kind:${kind}`, label: many, edge: serviceColour(7).edge })).filter((chip) => there.has(chip.key));
  return [...[...services.values()].sort((a, b) => a.label.localeCompare(b.label)), ...kinds];
}
