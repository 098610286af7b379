import { inject, Injectable } from '@angular/core';
import { BookingListSchema } from '@fairshare/contract/bookings.js';
import { ApiClient } from '../ui/api-client';
import { addDays, formatWhen, today } from '../ui/london';
import type { SearchHit, SearchProvider } from '../ui/nav-entry';

/** Bookings of the coming weeks by service, school or specialist. */
@Injectable({ providedIn: 'root' })
export class BookingSearch implements SearchProvider {
  readonly #api = inject(ApiClient);

  async find(term: string, collaborationId: string, signal: AbortSignal): Promise<readonly SearchHit[]> {
    const from = addDays(today(), -28);
    const query = `from=${from}&to=${addDays(from, 90)}&size=200`;
    const { items } = await this.#api.get(`/api/collaborations/${collaborationId}/bookings?${query}`, BookingListSchema, signal);
    const words = term.toLowerCase().split(/\s+/);
    const text = (b: (typeof items)[number]) => `${b.serviceName} ${b.specialistName} ${b.schools.map((s) => s.name).join(' ')}`.toLowerCase();
    return items
      .filter((booking) => words.every((word) => text(booking).includes(word)))
      .slice(0, 6)
      .map((booking) => ({
        title: `${booking.serviceName}, ${booking.schools.map((s) => s.name).join(' and ')}`,
        detail: `${formatWhen(booking.startsAt, booking.endsAt)} · ${booking.specialistName}`,
        icon: 'calendar',
        link: ['calendar'],
        queryParams: { date: booking.startsAt.slice(0, 10), booking: booking.id },
      }));
  }
}
