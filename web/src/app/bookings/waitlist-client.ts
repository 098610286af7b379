import { inject, Injectable } from '@angular/core';
import { BookingSchema, type Booking } from '@fairshare/contract/bookings.js';
import { WaitlistEntrySchema, type NewWaitlistEntry, type WaitlistEntry } from '@fairshare/contract/waitlist.js';
import { ApiClient } from '../ui/api-client';

@Injectable({ providedIn: 'root' })
export class WaitlistClient {
  readonly #api = inject(ApiClient);

  join(collaborationId: string, wanted: NewWaitlistEntry): Promise<WaitlistEntry> {
    return this.#api.post(`/api/collaborations/${collaborationId}/waitlist`, wanted, WaitlistEntrySchema);
  }

  leave(collaborationId: string, entryId: string): Promise<void> {
    return this.#api.delete(`/api/collaborations/${collaborationId}/waitlist/${entryId}`);
  }

  answer(collaborationId: string, offerId: string, answer: 'accept' | 'decline'): Promise<Booking> {
    return this.#api.post(`/api/collaborations/${collaborationId}/waitlist-offers/${offerId}/${answer}`, undefined, BookingSchema);
  }
}
