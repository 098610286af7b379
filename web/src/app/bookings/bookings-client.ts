import { inject, Injectable, resource, type ResourceRef } from '@angular/core';
import {
  AbsenceOutcomeSchema, BookedSchema, BookingDetailSchema, BookingListSchema, BookingSchema, CancelledSchema, MovedSchema, SeriesPreviewSchema, UndoneSchema,
  type Booked, type Booking, type BookingDetail, type CancelBooking, type DeliverBooking, type LeaveBooking, type MoveBooking, type Moved, type NewBooking, type SeriesPreview,
} from '@fairshare/contract/bookings.js';
import { ApiClient } from '../ui/api-client';

export interface Wanted {
  readonly collaborationId: string;
  readonly from: string;
  readonly to: string;
  readonly schoolUrn?: string;
  readonly specialistId?: string;
  readonly agreementId?: string;
  readonly state?: Booking['state'];
}

const at = (collaborationId: string) => `/api/collaborations/${collaborationId}/bookings`;
const pageSize = 200;

@Injectable({ providedIn: 'root' })
export class BookingsClient {
  readonly #api = inject(ApiClient);

  /** All bookings of some dates, however many: a term has more than one page of them. */
  async all(wanted: Wanted, signal?: AbortSignal): Promise<readonly Booking[]> {
    const query = new URLSearchParams({ from: wanted.from, to: wanted.to, size: String(pageSize) });
    for (const name of ['schoolUrn', 'specialistId', 'agreementId', 'state'] as const) if (wanted[name]) query.set(name, wanted[name]);
    const page = (n: number) => this.#api.get(`${at(wanted.collaborationId)}?${query}&page=${n}`, BookingListSchema, signal);
    const first = await page(1);
    const more = Array.from({ length: Math.ceil(first.total / pageSize) - 1 }, (_, i) => page(i + 2));
    return [first, ...(await Promise.all(more))].flatMap((list) => list.items);
  }

  /** Follows what is wanted; `undefined` waits. Call it in a field. */
  watch(wanted: () => Wanted | undefined): ResourceRef<readonly Booking[] | undefined> {
    return resource({ params: wanted, loader: ({ params, abortSignal }) => this.all(params, abortSignal) });
  }

  one(collaborationId: string, id: string): Promise<BookingDetail> {
    return this.#api.get(`${at(collaborationId)}/${id}`, BookingDetailSchema);
  }

  book(collaborationId: string, wanted: NewBooking): Promise<Booked> {
    return this.#api.post(at(collaborationId), wanted, BookedSchema);
  }

  /** Keeps a period for ten minutes. */
  hold(collaborationId: string, wanted: NewBooking): Promise<Booked> {
    return this.#api.post(`/api/collaborations/${collaborationId}/holds`, wanted, BookedSchema);
  }

  release(collaborationId: string, holdId: string): Promise<Booking> {
    return this.#api.post(`/api/collaborations/${collaborationId}/holds/${holdId}/release`, {}, BookingSchema);
  }

  preview(collaborationId: string, wanted: NewBooking): Promise<SeriesPreview> {
    return this.#api.post(`${at(collaborationId)}/series-preview`, wanted, SeriesPreviewSchema);
  }

  move(collaborationId: string, id: string, to: MoveBooking): Promise<Moved> {
    return this.#api.post(`${at(collaborationId)}/${id}/move`, to, MovedSchema);
  }

  /** What would become of each session, changing nothing. */
  async previewMove(collaborationId: string, id: string, to: MoveBooking) {
    return (await this.#api.post(`${at(collaborationId)}/${id}/move?dryRun=true`, to, MovedSchema)).sessions ?? [];
  }

  /** Takes back what one has just booked or moved, of a series all of it, as if it had not happened. */
  undo(collaborationId: string, id: string) {
    return this.#api.post(`${at(collaborationId)}/${id}/undo`, undefined, UndoneSchema);
  }

  approve(collaborationId: string, id: string): Promise<Booking> {
    return this.#api.post(`${at(collaborationId)}/${id}/approve`, undefined, BookingSchema);
  }

  decline(collaborationId: string, id: string, reason: string): Promise<Booking> {
    return this.#api.post(`${at(collaborationId)}/${id}/decline`, reason ? { reason } : {}, BookingSchema);
  }

  deliver(collaborationId: string, id: string, attendance: DeliverBooking = {}): Promise<Booking> {
    return this.#api.post(`${at(collaborationId)}/${id}/deliver`, attendance, BookingSchema);
  }

  /** One of several schools does not come after all. */
  leave(collaborationId: string, id: string, body: LeaveBooking): Promise<Booking> {
    return this.#api.post(`${at(collaborationId)}/${id}/leave`, body, BookingSchema);
  }

  /** What cancelling would cost, changing nothing. */
  async costOfCancelling(collaborationId: string, id: string, body: CancelBooking) {
    return (await this.#api.post(`${at(collaborationId)}/${id}/cancel?dryRun=true`, body, CancelledSchema)).costs;
  }

  cancel(collaborationId: string, id: string, body: CancelBooking) {
    return this.#api.post(`${at(collaborationId)}/${id}/cancel`, body, CancelledSchema);
  }

  /** What it hit stands again where nothing else has come in between. */
  withdrawAbsence(collaborationId: string, specialistId: string, absenceId: string) {
    return this.#api.post(`/api/collaborations/${collaborationId}/specialists/${specialistId}/absences/${absenceId}/withdraw`, {}, AbsenceOutcomeSchema);
  }
}
