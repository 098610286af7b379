import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import type { AgreementEntry } from '@fairshare/contract/agreements.js';
import { SlotSchema, type Slot } from '@fairshare/contract/availability.js';
import type { Booked, NewBooking, SeriesPreview } from '@fairshare/contract/bookings.js';
import { z } from 'zod';
import { ClockPipe, DayPipe, WhenPipe } from '../ui/day';
import { Field, FieldControl } from '../ui/field';
import { formatWhen, weekdayOf } from '../ui/london';
import { MoneyPipe } from '../ui/money';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { BookingsClient } from './bookings-client';

export interface BookingChoice {
  readonly collaborationId: string;
  readonly agreement: AgreementEntry;
  readonly specialistNames: ReadonlyMap<string, string>;
  readonly schools: readonly { readonly urn: string; readonly name: string }[];
  /** The starts to choose from; the first is chosen. */
  readonly slots: readonly Slot[];
}

type Repeat = 'once' | 'weekly' | 'fortnightly' | 'weekday-in-term';

const alternativesSchema = z.array(SlotSchema);

/** The last look before a booking: one press of Enter books it; a conflict offers what would do instead. */
@Component({
  selector: 'fs-confirm-booking',
  imports: [ClockPipe, DayPipe, Field, FieldControl, MoneyPipe, ProblemNotice, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './confirm-booking.html',
})
export class ConfirmBooking {
  protected readonly choice = inject<BookingChoice>(DIALOG_DATA);
  readonly #ref = inject<DialogRef<Booked>>(DialogRef);
  readonly #client = inject(BookingsClient);

  protected readonly slots = signal(this.choice.slots);
  protected readonly picked = signal(0);
  protected readonly slot = computed(() => this.slots()[this.picked()] as Slot);
  protected readonly urn = signal(this.choice.schools[0]?.urn ?? '');
  protected readonly remote = signal(false);
  protected readonly reference = signal('');
  protected readonly repeat = signal<Repeat>('once');
  protected readonly sessions = signal(6);
  protected readonly preview = signal<SeriesPreview | undefined>(undefined);
  protected readonly error = signal<Problem | undefined>(undefined);
  protected readonly alternatives = signal<readonly Slot[]>([]);
  protected readonly busy = signal(false);

  protected specialist(id: string): string {
    return this.choice.specialistNames.get(id) ?? 'Specialist';
  }

  protected label(slot: Slot): string {
    return `${formatWhen(slot.startsAt, slot.endsAt)}, ${this.specialist(slot.specialistId)}`;
  }

  protected async look(): Promise<void> {
    await this.#tell(async () => this.preview.set(await this.#client.preview(this.choice.collaborationId, this.#wanted())));
  }

  protected async book(): Promise<void> {
    await this.#tell(async () => this.#ref.close(await this.#client.book(this.choice.collaborationId, this.#wanted())));
  }

  protected take(slot: Slot): void {
    this.slots.set([slot, ...this.slots()]);
    this.picked.set(0);
    this.alternatives.set([]);
    this.error.set(undefined);
  }

  protected close(): void {
    this.#ref.close();
  }

  async #tell(work: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    this.error.set(undefined);
    try {
      await work();
    } catch (thrown) {
      const problem = Problem.of(thrown);
      this.error.set(problem);
      this.alternatives.set(alternativesSchema.safeParse(problem.facts['alternatives']).data ?? []);
    } finally {
      this.busy.set(false);
    }
  }

  #wanted(): NewBooking {
    const { specialistId, startsAt, endsAt } = this.slot();
    const repeat = this.repeat();
    const recurrence = repeat === 'weekday-in-term' ? { kind: repeat, weekday: weekdayOf(startsAt) } : { kind: repeat as 'weekly' | 'fortnightly' };
    const reference = this.reference().trim();
    return {
      agreementId: this.choice.agreement.id,
      specialistId,
      schoolUrns: [this.urn()],
      startsAt,
      endsAt,
      place: this.remote() ? { remote: true } : { schoolUrn: this.urn() },
      ...(reference ? { reference } : {}),
      ...(repeat === 'once' ? {} : { repeat: { recurrence, end: { sessions: this.sessions() } } }),
    };
  }
}
