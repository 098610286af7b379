import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, effect, inject, linkedSignal, resource, signal, untracked, type OnDestroy } from '@angular/core';
import type { AgreementEntry } from '@fairshare/contract/agreements.js';
import type { Slot } from '@fairshare/contract/availability.js';
import type { Booked, NewBooking } from '@fairshare/contract/bookings.js';
import { Attempt } from '../ui/attempt';
import { CurrentSession } from '../ui/current-session';
import { ClockPipe, WhenPipe } from '../ui/day';
import { Field, FieldControl } from '../ui/field';
import { dateOf, formatWhen } from '../ui/london';
import { MoneyPipe } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { alternativesOf, BookingHold } from './booking-hold';
import { BookingPlace, type PlaceChoice } from './booking-place';
import { BookingsClient } from './bookings-client';
import { ExpectedShares } from './expected-shares';
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

const usualSeats = 20;

/** The last look before a booking, while its time is kept: one press of Enter books it; a conflict offers what would do instead. */
@Component({
  selector: 'fs-confirm-booking',
  imports: [BookingPlace, ClockPipe, ExpectedShares, Field, FieldControl, MoneyPipe, ProblemNotice, RepeatField, SeriesDates, Skeleton, State, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './confirm-booking.html',
})
export class ConfirmBooking implements OnDestroy {
  protected readonly choice = inject<BookingChoice>(DIALOG_DATA);
  readonly #ref = inject<DialogRef<Booked>>(DialogRef);
  readonly #client = inject(BookingsClient);
  readonly #session = inject(CurrentSession);
  protected readonly hold = new BookingHold(this.#client, this.choice.collaborationId);

  protected readonly slots = signal(this.choice.slots);
  protected readonly picked = signal(0);
  protected readonly slot = computed(() => this.slots()[this.picked()] as Slot);
  protected readonly urn = signal(this.choice.schools[0]?.urn ?? '');
  /** Those that come besides: it is then a joint booking. */
  readonly #others = signal<readonly string[]>([]);
  protected readonly urns = computed(() => [this.urn(), ...this.#others().filter((urn) => urn !== this.urn())]);
  protected readonly place = linkedSignal<PlaceChoice>(() => ({ place: { schoolUrn: this.urn() } }));
  /** Training that schools join is offered by who acts for all of them. */
  protected readonly mayOfferSeats = this.#session.rolesIn(this.choice.collaborationId).has('coordinator');
  protected readonly seats = signal<number | undefined>(undefined);
  protected readonly reference = signal('');
  protected readonly firstOn = computed(() => dateOf(this.slot().startsAt));
  protected readonly repeat = signal<RepeatChoice>(onlyOnce);
  protected readonly asked = computed(() => (this.seats() === undefined ? repeatOf(this.repeat(), this.firstOn()) : undefined));
  /** Every date with what becomes of it, asked for anew whenever something changes that decides about it. */
  protected readonly preview = resource({
    params: () => (this.asked() ? this.#wanted() : undefined),
    loader: async ({ params }) => this.#client.preview(this.choice.collaborationId, await this.#withHold(params)),
  });
  protected readonly dates = computed<readonly DatedOutcome[] | undefined>(() => {
    if (!this.preview.hasValue()) return undefined;
    return this.preview.value().dates.map(({ date, startsAt, endsAt, outcome, detail, code }) => ({ date, startsAt, endsAt, good: outcome === 'will-book', detail: withNames(detail ?? code, this.choice.schools) }));
  });
  protected readonly complete = computed(() => !this.preview.hasValue() || this.preview.value().complete);
  protected readonly series = computed(() => this.seats() === undefined && this.repeat().kind !== 'once');
  readonly #count = computed(() => (this.series() ? (this.dates()?.filter((each) => each.good).length ?? 0) : 1));
  /** A series is booked only once every date of it has been seen. */
  protected readonly waits = computed(() => this.series() && (this.preview.isLoading() || this.#count() === 0));
  protected readonly action = computed(() => {
    if (!this.series()) return this.choice.agreement.needsApproval ? 'Ask for approval' : 'Book';
    const sessions = `${this.#count()} ${this.#count() === 1 ? 'session' : 'sessions'}`;
    return this.choice.agreement.needsApproval ? `Ask for ${sessions}` : `Book ${sessions}`;
  });
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  /** What was wrong with booking it, or, of a single session, with keeping it. */
  protected readonly error = computed(() => this.#attempt.error() ?? (this.series() ? undefined : this.hold.problem()));
  protected readonly alternatives = computed(() => alternativesOf(this.error()));

  constructor() {
    // What decides about the time is kept anew when it changes; a reference and a repetition do not.
    effect(() => {
      const { specialistId, startsAt, endsAt } = this.slot();
      const wanted = { ...this.#who(), specialistId, startsAt, endsAt };
      untracked(() => this.#keep(wanted));
    });
  }

  ngOnDestroy(): void {
    this.hold.close();
  }

  protected specialist(id: string): string {
    return this.choice.specialistNames.get(id) ?? 'Specialist';
  }

  protected label(slot: Slot): string {
    return `${formatWhen(slot.startsAt, slot.endsAt)}, ${this.specialist(slot.specialistId)}`;
  }

  protected comes(urn: string): boolean {
    return this.urns().includes(urn);
  }

  protected invite(urn: string, comes: boolean): void {
    this.#others.update((others) => [...others.filter((each) => each !== urn), ...(comes ? [urn] : [])]);
  }

  protected offerSeats(wanted: boolean): void {
    this.seats.set(wanted ? usualSeats : undefined);
  }

  protected async book(): Promise<void> {
    await this.#attempt.run(async () => {
      const booked = await this.#client.book(this.choice.collaborationId, await this.#withHold(this.#wanted()));
      this.hold.spent();
      this.#ref.close(booked);
    });
  }

  protected keepAgain(): void {
    const { specialistId, startsAt, endsAt } = this.slot();
    this.#keep({ ...this.#who(), specialistId, startsAt, endsAt });
  }

  protected take(slot: Slot): void {
    this.#attempt.error.set(undefined);
    this.slots.set([slot, ...this.slots()]);
    this.picked.set(0);
  }

  protected close(): void {
    this.#ref.close();
  }

  #keep(wanted: NewBooking): void {
    this.#attempt.error.set(undefined);
    this.hold.keep(wanted);
  }

  async #withHold(wanted: NewBooking): Promise<NewBooking> {
    const holdId = await this.hold.id();
    return { ...wanted, ...(holdId ? { holdId } : {}) };
  }

  /** Everything but the period. */
  #who(): Omit<NewBooking, 'specialistId' | 'startsAt' | 'endsAt'> {
    const { place, roomId } = this.place();
    const seats = this.seats();
    return { agreementId: this.choice.agreement.id, schoolUrns: this.urns(), place, ...(roomId ? { roomId } : {}), ...(seats ? { capacity: seats } : {}) };
  }

  #wanted(): NewBooking {
    const { specialistId, startsAt, endsAt } = this.slot();
    const repeat = this.asked();
    const reference = this.reference().trim();
    return { ...this.#who(), specialistId, startsAt, endsAt, ...(reference ? { reference } : {}), ...(repeat ? { repeat } : {}) };
  }
}
