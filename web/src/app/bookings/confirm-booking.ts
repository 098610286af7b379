import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, resource, signal } from '@angular/core';
import type { AgreementEntry } from '@fairshare/contract/agreements.js';
import { SlotSchema, type Slot } from '@fairshare/contract/availability.js';
import type { Booked, NewBooking } from '@fairshare/contract/bookings.js';
import { z } from 'zod';
import { Attempt } from '../ui/attempt';
import { ClockPipe, WhenPipe } from '../ui/day';
import { Field, FieldControl } from '../ui/field';
import { dateOf, formatWhen } from '../ui/london';
import { MoneyPipe } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { BookingsClient } from './bookings-client';
import { RepeatField } from './repeat-field';
import { onlyOnce, repeatOf, type RepeatChoice } from './repeat-words';
import { SeriesDates, withNames, type DatedOutcome } from './series-dates';

export interface BookingChoice {
  readonly collaborationId: string;
  readonly agreement: AgreementEntry;
  readonly specialistNames: ReadonlyMap<string, string>;
  readonly schools: readonly { readonly urn: string; readonly name: string }[];
  /** The starts to choose from; the first is chosen. */
  readonly slots: readonly Slot[];
}

const alternativesSchema = z.array(SlotSchema);

/** The last look before a booking: one press of Enter books it; a conflict offers what would do instead. */
@Component({
  selector: 'fs-confirm-booking',
  imports: [ClockPipe, Field, FieldControl, MoneyPipe, ProblemNotice, RepeatField, SeriesDates, Skeleton, WhenPipe],
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
  protected readonly firstOn = computed(() => dateOf(this.slot().startsAt));
  protected readonly repeat = signal<RepeatChoice>(onlyOnce);
  protected readonly asked = computed(() => repeatOf(this.repeat(), this.firstOn()));
  /** Every date with what becomes of it, asked for anew whenever something changes that decides about it. */
  protected readonly preview = resource({
    params: () => (this.asked() ? this.#wanted() : undefined),
    loader: ({ params }) => this.#client.preview(this.choice.collaborationId, params),
  });
  protected readonly dates = computed<readonly DatedOutcome[] | undefined>(() => {
    if (!this.preview.hasValue()) return undefined;
    return this.preview.value().dates.map(({ date, startsAt, endsAt, outcome, detail, code }) => ({ date, startsAt, endsAt, good: outcome === 'will-book', detail: withNames(detail ?? code, this.choice.schools) }));
  });
  protected readonly complete = computed(() => !this.preview.hasValue() || this.preview.value().complete);
  readonly #count = computed(() => (this.asked() ? (this.dates()?.filter((each) => each.good).length ?? 0) : 1));
  /** A series is booked only once every date of it has been seen. */
  protected readonly waits = computed(() => this.repeat().kind !== 'once' && (this.preview.isLoading() || this.#count() === 0));
  protected readonly action = computed(() => {
    if (this.repeat().kind === 'once') return this.choice.agreement.needsApproval ? 'Ask for approval' : 'Book';
    const sessions = `${this.#count()} ${this.#count() === 1 ? 'session' : 'sessions'}`;
    return this.choice.agreement.needsApproval ? `Ask for ${sessions}` : `Book ${sessions}`;
  });
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly alternatives = signal<readonly Slot[]>([]);
  protected readonly busy = this.#attempt.busy;

  protected specialist(id: string): string {
    return this.choice.specialistNames.get(id) ?? 'Specialist';
  }

  protected label(slot: Slot): string {
    return `${formatWhen(slot.startsAt, slot.endsAt)}, ${this.specialist(slot.specialistId)}`;
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
    if (await this.#attempt.run(work)) return;
    this.alternatives.set(alternativesSchema.safeParse(this.error()?.facts['alternatives']).data ?? []);
  }

  #wanted(): NewBooking {
    const { specialistId, startsAt, endsAt } = this.slot();
    const repeat = this.asked();
    const reference = this.reference().trim();
    return {
      agreementId: this.choice.agreement.id,
      specialistId,
      schoolUrns: [this.urn()],
      startsAt,
      endsAt,
      place: this.remote() ? { remote: true } : { schoolUrn: this.urn() },
      ...(reference ? { reference } : {}),
      ...(repeat ? { repeat } : {}),
    };
  }
}
