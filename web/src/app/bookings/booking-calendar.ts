import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { AgreementListSchema, type AgreementEntry } from '@fairshare/contract/agreements.js';
import type { Slot } from '@fairshare/contract/availability.js';
import type { Booked } from '@fairshare/contract/bookings.js';
import { SpecialistListSchema } from '@fairshare/contract/procurement.js';
import { MemberListSchema, SchoolYearSchema } from '@fairshare/contract/schools.js';
import { firstValueFrom } from 'rxjs';
import { read } from '../ui/api-client';
import { Calendar } from '../ui/calendar/calendar';
import type { CalendarEvent, CalendarMove, CalendarPeriod, CalendarRange, CalendarView } from '../ui/calendar/calendar-model';
import { CurrentSession } from '../ui/current-session';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { addDays, formatWhen, today } from '../ui/london';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Toast } from '../ui/toast';
import { BookingDialog, type BookingOutcome } from './booking-dialog';
import { tellOutcome } from './booking-outcome';
import { colourOf, toEvent } from './booking-words';
import { BookingsClient } from './bookings-client';
import { CalendarFilters } from './calendar-filters';
import { chipOfBooking, chipOfEvent, chipsOf, hiddenOf } from './calendar-chips';
import { CalendarTabs } from './calendar-tabs';
import { ConfirmBooking, type BookingChoice } from './confirm-booking';
import { DrawnDialog, type DrawnChoice } from './drawn-dialog';
import { eventToDraw, isEventId } from './event-words';
import { FindTime } from './find-time';
import type { FreeTime } from './free-time';
import { shadesOf } from './shades';
import { SharedEventsDesk } from './shared-events-desk';

const freePrefix = 'free:';

/** Every shared session of the collaboration, and the way to a new one. */
@Component({
  selector: 'fs-booking-calendar',
  imports: [Calendar, CalendarFilters, CalendarTabs, Field, FieldControl, FindTime, Icon, Page, ProblemNotice],
  providers: [SharedEventsDesk],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './booking-calendar.html',
})
export class BookingCalendar {
  readonly collaborationId = input.required<string>();

  readonly #client = inject(BookingsClient);
  readonly #dialog = inject(Dialog);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly #shared = inject(SharedEventsDesk);

  protected readonly view = queryParamSignal('view', 'week');
  protected readonly date = queryParamSignal('date', today());
  protected readonly schoolUrn = queryParamSignal('school');
  protected readonly agreementId = queryParamSignal('agreement');
  protected readonly finding = queryParamSignal('find');
  readonly #hide = queryParamSignal('hide');
  readonly #opened = queryParamSignal('booking');

  protected readonly range = signal<CalendarRange>({ from: today(), to: addDays(today(), 6) });
  protected readonly stale = signal(0);
  protected readonly free = signal<readonly FreeTime[]>([]);
  protected readonly error = signal<Problem | undefined>(undefined);

  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  protected readonly agreements = read(() => `${this.#at()}/agreements?size=200`, AgreementListSchema);
  protected readonly members = read(() => `${this.#at()}/members?size=200&on=${today()}`, MemberListSchema);
  readonly #specialists = read(() => `${this.#at()}/specialists?size=200`, SpecialistListSchema);
  readonly #year = read(() => `${this.#at()}/school-year?from=${this.range().from}&to=${this.range().to}`, SchoolYearSchema);
  protected readonly bookings = this.#client.watch(() => ({
    collaborationId: this.collaborationId(), ...this.range(), schoolUrn: this.schoolUrn(), agreementId: this.agreementId(),
  }));

  protected readonly mayBook = computed(() => {
    const roles = this.#session.rolesIn(this.collaborationId());
    return roles.has('business-manager') || roles.has('coordinator');
  });
  /** The schools that one may book for: one's own, or all for the coordinator. */
  protected readonly ownSchools = computed(() => {
    const all = this.members.hasValue() ? this.members.value().items : [];
    if (this.#session.rolesIn(this.collaborationId()).has('coordinator')) return all;
    return all.filter((member) => this.#session.schoolUrns().includes(member.urn));
  });
  protected readonly bookingFor = computed(() => this.ownSchools().find((m) => m.urn === this.schoolUrn())?.urn ?? this.ownSchools()[0]?.urn ?? '');
  protected readonly offered = computed(() => {
    const urn = this.bookingFor();
    const all = this.agreements.hasValue() ? this.agreements.value().items : [];
    return all.filter((a) => a.specialistIds.length > 0 && a.endsOn >= today() && a.subscriptions.some((s) => s.urn === urn));
  });
  protected readonly specialistNames = computed(() => new Map((this.#specialists.hasValue() ? this.#specialists.value().items : []).map((s) => [s.id, s.name])));
  protected readonly searchFrom = computed(() => (this.range().from > today() ? this.range().from : today()));
  protected readonly searchTo = computed(() => {
    // A fortnight at least: who looks for time wants the next that is free, not only what is in view. Five weeks at most.
    const [least, most] = [addDays(this.searchFrom(), 13), addDays(this.searchFrom(), 34)];
    return this.range().to > most ? most : this.range().to > least ? this.range().to : least;
  });
  protected readonly shades = computed(() => (this.#year.hasValue() ? shadesOf(this.#year.value(), this.schoolUrn() || this.bookingFor()) : []));
  readonly #booked = computed(() => (this.bookings.hasValue() ? this.bookings.value() : []));
  protected readonly hidden = computed(() => hiddenOf(this.#hide()));
  protected readonly chips = computed(() => chipsOf(this.#booked(), this.#shared.all(), this.hidden()));
  protected readonly events = computed<readonly CalendarEvent[]>(() => {
    const hidden = this.hidden();
    const shown = [
      ...this.#booked().filter((booking) => !hidden.has(chipOfBooking(booking))).map(toEvent),
      ...this.#shared.all().filter((event) => !hidden.has(chipOfEvent(event))).map(eventToDraw),
    ];
    if (!this.finding()) return shown;
    return [...shown, ...this.free().map((time) => this.#freeEvent(time))];
  });

  constructor() {
    effect(() => this.#shared.wanted.set({ collaborationId: this.collaborationId(), ...this.range(), schoolUrn: this.schoolUrn() }));
    effect(() => {
      const id = this.#opened();
      if (id) untracked(() => void this.open(id));
    });
  }

  protected show(event: CalendarEvent): void {
    if (event.id.startsWith(freePrefix)) {
      const time = this.free()[Number(event.id.slice(freePrefix.length))];
      const agreement = this.#found();
      if (time && agreement) void this.choose(agreement, time.slots);
    } else if (isEventId(event.id)) {
      void this.#shared.open(this.#eventChoice(), event.id);
    } else {
      void this.open(event.id);
    }
  }

  /** A period that was drawn with the mouse or chosen with the keys: while time is looked for it is a session, else either. */
  protected async draw(period: CalendarPeriod): Promise<void> {
    const agreement = this.#found();
    const drawn = (agreement?.specialistIds ?? []).map((specialistId) => ({ specialistId, ...period }));
    const session = agreement && drawn.length > 0 ? () => this.choose(agreement, drawn) : undefined;
    const event = () => this.#shared.open({ ...this.#eventChoice(), ...period });
    if (session && this.finding()) return session();
    if (!session) return event();
    const data: DrawnChoice = { ...period, service: agreement?.service.name ?? '' };
    const wanted = await firstValueFrom(this.#dialog.open<'session' | 'event'>(DrawnDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-drawn' }).closed);
    if (wanted) await (wanted === 'session' ? session() : event());
  }

  protected addEvent(): Promise<void> {
    const day = this.date() > today() ? this.date() : addDays(today(), 1);
    return this.#shared.open({ ...this.#eventChoice(), startsAt: `${day}T09:00`, endsAt: `${day}T10:00` });
  }

  protected setHidden(hidden: ReadonlySet<string>): void {
    this.#hide.set([...hidden].sort().join(','));
  }

  protected async choose(agreement: AgreementEntry, slots: readonly Slot[]): Promise<void> {
    const own = this.ownSchools().filter((m) => agreement.subscriptions.some((s) => s.urn === m.urn));
    const chosenFirst = [...own].sort((a, b) => Number(b.urn === this.bookingFor()) - Number(a.urn === this.bookingFor()));
    const data: BookingChoice = { collaborationId: this.collaborationId(), agreement, specialistNames: this.specialistNames(), schools: chosenFirst, slots };
    const ref = this.#dialog.open<Booked>(ConfirmBooking, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-confirm-booking' });
    const booked = await firstValueFrom(ref.closed);
    if (booked) this.#tellBooked(booked);
  }

  protected async open(id: string): Promise<void> {
    const data = { collaborationId: this.collaborationId(), id };
    const ref = this.#dialog.open<BookingOutcome>(BookingDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-booking-title' });
    const outcome = await firstValueFrom(ref.closed);
    this.#opened.set('');
    if (!outcome) return;
    this.#reload();
    tellOutcome(this.#toast, outcome, (moved) => this.#takeBack(moved));
  }

  protected async move(move: CalendarMove): Promise<void> {
    this.error.set(undefined);
    try {
      if (isEventId(move.id)) return await this.#shared.move(this.collaborationId(), move);
      await this.#client.move(this.collaborationId(), move.id, { startsAt: move.startsAt, endsAt: move.endsAt });
      this.#reload();
      this.#toast.show(`Moved to ${formatWhen(move.startsAt, move.endsAt)}`, { undo: () => this.#takeBack(move.id) });
    } catch (thrown) {
      move.revert();
      this.error.set(Problem.of(thrown));
    }
  }

  protected setView(view: CalendarView): void {
    this.view.set(view);
  }

  async #takeBack(id: string): Promise<void> {
    await this.#client.undo(this.collaborationId(), id);
    this.#reload();
  }

  #found(): AgreementEntry | undefined {
    const wanted = new URLSearchParams(location.search).get('service');
    return this.offered().find((a) => a.id === wanted) ?? this.offered()[0];
  }

  #eventChoice() {
    return { collaborationId: this.collaborationId(), schools: this.members.hasValue() ? this.members.value().items : [] };
  }

  #freeEvent(time: FreeTime): CalendarEvent {
    const agreement = this.#found();
    const detail = this.specialistNames().get(time.specialistId) ?? '';
    return {
      id: `${freePrefix}${this.free().indexOf(time)}`, title: 'Free', detail, startsAt: time.startsAt, endsAt: time.endsAt,
      colour: colourOf(agreement?.service.colour ?? null), kind: 'free',
    };
  }

  #tellBooked(booked: Booked): void {
    this.#reload();
    const count = booked.series?.bookings.length ?? 1;
    const what = count > 1 ? `${count} sessions booked` : booked.state === 'requested' ? 'Asked for approval' : `Booked ${formatWhen(booked.startsAt, booked.endsAt)}`;
    this.#toast.show(what, { undo: () => this.#takeBack(booked.id) });
  }

  #reload(): void {
    this.bookings.reload();
    this.stale.update((n) => n + 1);
  }
}
