import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, resource, signal } from '@angular/core';
import type { BookingDetail, CancelBooking } from '@fairshare/contract/bookings.js';
import { WhenPipe } from '../ui/day';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { dateOf, formatTime } from '../ui/london';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { TimeField } from '../ui/time-field';
import { schoolNames, stateChips } from './booking-words';
import { BookingsClient } from './bookings-client';

type Step = 'look' | 'move' | 'cancel' | 'decline';

/** What happened to the booking while the dialog was open. */
export type BookingOutcome = 'approved' | 'declined' | 'moved' | 'cancelled' | 'delivered';

const deeds: Readonly<Record<string, string>> = {
  'bookings.booked': 'Booked', 'bookings.requested': 'Requested', 'bookings.approved': 'Approved', 'bookings.declined': 'Declined',
  'bookings.moved': 'Moved', 'bookings.cancelled': 'Cancelled', 'bookings.delivered': 'Delivered', 'bookings.needs-replanning': 'Needs re-planning',
};

/** A booking with its history and what the signed-in person may do with it now. */
@Component({
  selector: 'fs-booking-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice, Skeleton, State, TimeField, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './booking-dialog.html',
})
export class BookingDialog {
  readonly #data = inject<{ collaborationId: string; id: string }>(DIALOG_DATA);
  readonly #ref = inject<DialogRef<BookingOutcome>>(DialogRef);
  readonly #client = inject(BookingsClient);

  protected readonly booking = resource({ loader: () => this.#client.one(this.#data.collaborationId, this.#data.id) });
  protected readonly step = signal<Step>('look');
  protected readonly error = signal<Problem | undefined>(undefined);
  protected readonly busy = signal(false);
  protected readonly reason = signal('');
  protected readonly cost = signal<string | undefined>(undefined);
  protected readonly day = signal('');
  protected readonly time = signal('');
  protected readonly chip = computed(() => stateChips[(this.booking.value() as BookingDetail).state]);
  protected readonly names = schoolNames;

  protected deed(action: string): string {
    return deeds[action] ?? action.split('.').at(-1)?.replaceAll('-', ' ') ?? action;
  }

  protected may(action: BookingDetail['actions'][number]): boolean {
    return this.booking.value()?.actions.includes(action) ?? false;
  }

  protected startMoving(booking: BookingDetail): void {
    this.day.set(dateOf(booking.startsAt));
    this.time.set(formatTime(booking.startsAt));
    this.step.set('move');
  }

  protected async startCancelling(): Promise<void> {
    this.step.set('cancel');
    await this.#tell(async () => {
      const costs = await this.#client.costOfCancelling(this.#data.collaborationId, this.#data.id, this.#cancellation('To see what it costs'));
      const part = (costs[0]?.chargeBasisPoints ?? 0) / 100;
      this.cost.set(part === 0 ? 'Cancelling now costs nothing.' : `Cancelling now costs ${part} % of the price.`);
    });
  }

  protected approve(): Promise<void> {
    return this.#finish('approved', () => this.#client.approve(this.#data.collaborationId, this.#data.id));
  }

  protected decline(): Promise<void> {
    return this.#finish('declined', () => this.#client.decline(this.#data.collaborationId, this.#data.id, this.reason().trim()));
  }

  protected deliver(): Promise<void> {
    return this.#finish('delivered', () => this.#client.deliver(this.#data.collaborationId, this.#data.id));
  }

  protected cancel(): Promise<void> {
    return this.#finish('cancelled', () => this.#client.cancel(this.#data.collaborationId, this.#data.id, this.#cancellation(this.reason().trim())));
  }

  protected move(booking: BookingDetail): Promise<void> {
    const lengthMs = Date.parse(booking.endsAt) - Date.parse(booking.startsAt);
    const startsAt = `${this.day()}T${this.time()}`;
    const endsAt = new Date(Date.parse(`${startsAt}:00Z`) + lengthMs).toISOString().slice(0, 16);
    return this.#finish('moved', () => this.#client.move(this.#data.collaborationId, this.#data.id, { startsAt, endsAt }));
  }

  protected close(): void {
    this.#ref.close();
  }

  #cancellation(reason: string): CancelBooking {
    return { reason, which: 'one', common: false };
  }

  #finish(outcome: BookingOutcome, work: () => Promise<unknown>): Promise<void> {
    return this.#tell(async () => {
      await work();
      this.#ref.close(outcome);
    });
  }

  async #tell(work: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    this.error.set(undefined);
    try {
      await work();
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
