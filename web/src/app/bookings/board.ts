import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, input, signal } from '@angular/core';
import { AgreementListSchema, type AgreementEntry } from '@fairshare/contract/agreements.js';
import { SlotSchema, SlotsSchema, type Slot } from '@fairshare/contract/availability.js';
import { BoardSchema } from '@fairshare/contract/board.js';
import type { AbsenceOutcome, Booked, Booking } from '@fairshare/contract/bookings.js';
import { MemberListSchema } from '@fairshare/contract/schools.js';
import { firstValueFrom } from 'rxjs';
import { z } from 'zod';
import { AbsenceDialog } from '../availability/absence-dialog';
import { ApiClient, read } from '../ui/api-client';
import { CurrentSession } from '../ui/current-session';
import { ClockPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { addDays, formatDay, formatTime, formatWhen, today, weekdayOf } from '../ui/london';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { Toast } from '../ui/toast';
import { boardRows, cellAfter, periodIn, weekOf, type BoardCell, type BoardRow } from './board-model';
import { BookingDialog, type BookingOutcome } from './booking-dialog';
import { tellOutcome } from './booking-outcome';
import { colourOf, schoolNames, stateChips } from './booking-words';
import { BookingsClient } from './bookings-client';
import { CalendarTabs } from './calendar-tabs';
import { ConfirmBooking, type BookingChoice } from './confirm-booking';
import { OutsideNotice } from './outside-notice';
import { reasonOf } from './refusal-words';

/** Specialists by days for a week, from one request. Everything that the mouse does, the keyboard does: arrows walk, Enter books or drops, M picks up. */
@Component({
  selector: 'fs-board',
  imports: [CalendarTabs, ClockPipe, Empty, Field, FieldControl, Icon, OutsideNotice, Page, ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './board.html',
  styleUrl: './board.scss',
})
export class BoardPage {
  readonly collaborationId = input.required<string>();
  readonly #api = inject(ApiClient);
  readonly #client = inject(BookingsClient);
  readonly #dialog = inject(Dialog);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);

  protected readonly now = today();
  protected readonly week = queryParamSignal('week', addDays(today(), 1 - weekdayOf(today())));
  protected readonly schoolUrn = queryParamSignal('school');
  protected readonly agreementId = queryParamSignal('agreement');
  protected readonly error = signal<Problem | undefined>(undefined);
  protected readonly alternatives = signal<readonly Slot[]>([]);
  protected readonly at = signal('');
  protected readonly target = signal('');
  protected readonly carried = signal<Booking | undefined>(undefined);
  protected readonly names = schoolNames;
  protected readonly colour = colourOf;

  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  readonly #agreements = read(() => `${this.#at()}/agreements?size=200`, AgreementListSchema);
  readonly #members = read(() => `${this.#at()}/members?size=200&on=${today()}`, MemberListSchema);
  readonly #roles = computed(() => this.#session.rolesIn(this.collaborationId()));
  protected readonly ownSchools = computed(() => {
    const all = this.#members.hasValue() ? this.#members.value().items : [];
    return this.#roles().has('coordinator') ? all : all.filter((member) => this.#session.schoolUrns().includes(member.urn));
  });
  protected readonly urn = computed(() => this.ownSchools().find((school) => school.urn === this.schoolUrn())?.urn ?? this.ownSchools()[0]?.urn ?? '');
  protected readonly mayBook = computed(() => this.#roles().has('coordinator') || this.#roles().has('business-manager'));
  protected readonly coordinates = computed(() => this.#roles().has('coordinator'));
  protected readonly usable = computed(() => (this.#agreements.hasValue() ? this.#agreements.value().items : []).filter((one) => one.specialistIds.length > 0 && one.endsOn >= today()));

  protected readonly board = read(() => {
    if (!this.#members.hasValue() && !this.#members.error()) return undefined;
    const { from, to } = weekOf(this.week(), this.week());
    const query = new URLSearchParams({ from, to });
    if (this.urn()) query.set('schoolUrn', this.urn());
    if (this.agreementId()) query.set('agreementId', this.agreementId());
    return `${this.#at()}/board?${query}`;
  }, BoardSchema);
  protected readonly rows = computed<readonly BoardRow[]>(() => (this.board.hasValue() ? boardRows(this.board.value(), this.now) : []));
  protected readonly shown = computed(() => this.rows().map(({ id }) => id));
  protected readonly days = computed(() => (this.board.hasValue() ? this.board.value().days : []));
  protected readonly closed = computed(() => new Set(this.days().filter((day) => day.closed).map((day) => day.date)));
  protected readonly heading = computed(() => `${formatDay(this.week())} to ${formatDay(addDays(this.week(), 4))}`);
  /** One cell is reached by Tab, the others from there by the arrow keys. */
  protected readonly focused = computed(() => (this.#cell(this.at()) ? this.at() : (this.rows()[0]?.cells[0]?.key ?? '')));

  protected turn(weeks: number): void {
    this.week.set(addDays(this.week(), 7 * weeks));
  }

  protected dayWords(date: string): string {
    return formatDay(date).split(' ').slice(0, 3).join(' ');
  }

  protected slotWords(slot: Slot): string {
    return `${formatWhen(slot.startsAt, slot.endsAt)}, ${this.rows().find((row) => row.id === slot.specialistId)?.name ?? 'somebody else'}`;
  }

  protected cellWords(row: BoardRow, cell: BoardCell): string {
    const held = cell.bookings.map((booking) => `${formatTime(booking.startsAt)} ${schoolNames(booking)}`);
    return [row.name, formatDay(cell.date), cell.half, cell.word, ...held].filter(Boolean).join(', ');
  }

  protected sessionWords(booking: Booking): string {
    return `${booking.serviceName}, ${schoolNames(booking)}, ${formatWhen(booking.startsAt, booking.endsAt)}, ${stateChips[booking.state].word}`;
  }

  protected onKey(cell: BoardCell, event: KeyboardEvent): void {
    const onCell = event.target === event.currentTarget;
    if (event.key === 'Escape' && this.carried()) this.putDown();
    else if (event.key === 'Enter' && onCell) void (this.carried() ? this.#drop(cell) : this.#book(cell));
    else if (!this.#walk(cell, event.key)) return;
    event.preventDefault();
  }

  protected press(cell: BoardCell, event: MouseEvent): void {
    if ((event.target as HTMLElement).closest('.session')) return;
    if (this.carried()) void this.#drop(cell);
    else void this.#book(cell);
  }

  protected pickUp(booking: Booking, event: Event): void {
    if (!booking.actions.includes('move')) return;
    this.carried.set(booking);
    if (event instanceof DragEvent && event.dataTransfer) {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', booking.id);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const from = this.rows().flatMap((row) => row.cells).find((cell) => cell.bookings.some((one) => one.id === booking.id));
    if (from) this.#focus(from.key);
  }

  protected putDown(): void {
    this.carried.set(undefined);
    this.target.set('');
  }

  protected over(cell: BoardCell, event: DragEvent): void {
    if (!this.carried()) return;
    event.preventDefault();
    this.target.set(cell.key);
  }

  protected drop(cell: BoardCell, event: DragEvent): void {
    event.preventDefault();
    void this.#drop(cell);
  }

  protected async open(booking: Booking): Promise<void> {
    const data = { collaborationId: this.collaborationId(), id: booking.id };
    const ref = this.#dialog.open<BookingOutcome>(BookingDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-booking-title' });
    const outcome = await firstValueFrom(ref.closed);
    if (!outcome) return;
    this.board.reload();
    tellOutcome(this.#toast, outcome, (moved) => this.#takeBack(moved));
  }

  /** Somebody is away: it says first what that hits, and can be taken back. */
  protected async away({ id, name }: BoardRow): Promise<void> {
    const data = { collaborationId: this.collaborationId(), specialistId: id, name, on: this.week() > this.now ? this.week() : this.now };
    const outcome = await firstValueFrom(this.#dialog.open<AbsenceOutcome>(AbsenceDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-absence-title' }).closed);
    const absence = outcome?.absence;
    if (!absence) return;
    this.board.reload();
    const hits = outcome.hits.length;
    this.#toast.show(hits ? `${name} is away; ${hits} to re-plan` : `${name} is away`, {
      undo: () => this.#client.withdrawAbsence(this.collaborationId(), id, absence.id).then(() => void this.board.reload()),
    });
  }

  #last: Booking | undefined;

  /** Another time that the refusal offered for the booking that could not go where it was dropped. */
  protected async moveTo(slot: Slot): Promise<void> {
    const booking = this.#last;
    if (booking) await this.#move(booking, slot);
  }

  async #drop(cell: BoardCell): Promise<void> {
    const booking = this.carried();
    this.putDown();
    if (booking) await this.#move(booking, { ...periodIn(booking, cell), specialistId: cell.specialistId });
  }

  async #move(booking: Booking, to: { startsAt: string; endsAt: string; specialistId: string }): Promise<void> {
    this.#last = booking;
    this.error.set(undefined);
    this.alternatives.set([]);
    try {
      const after = await this.#client.move(this.collaborationId(), booking.id, to);
      this.board.reload();
      this.#toast.show(`Moved to ${formatWhen(after.startsAt, after.endsAt)}, ${after.specialistName}`, { undo: () => this.#takeBack(booking.id) });
    } catch (thrown) {
      const problem = Problem.of(thrown);
      this.error.set(problem);
      this.alternatives.set(z.array(SlotSchema).safeParse(problem.facts['alternatives']).data ?? []);
    }
  }

  /** Looks what the half day offers of the chosen service, and goes to the last look before a booking. */
  async #book(cell: BoardCell): Promise<void> {
    if (!this.mayBook() || (cell.kind !== 'free' && cell.kind !== 'part')) return;
    this.error.set(undefined);
    this.alternatives.set([]);
    const row = this.rows().find((one) => one.id === cell.specialistId);
    const agreement = this.#agreementFor(row);
    if (!agreement) {
      this.error.set(new Problem(422, 'Nothing to book here', { detail: 'Your school does not subscribe to an agreement of this specialist.' }));
      return;
    }
    try {
      const slots = await this.#slots(cell, agreement);
      const names = new Map(this.rows().map((one) => [one.id, one.name]));
      const schools = this.ownSchools().filter((school) => agreement.subscriptions.some((one) => one.urn === school.urn)).sort((a, b) => Number(b.urn === this.urn()) - Number(a.urn === this.urn()));
      const data: BookingChoice = { collaborationId: this.collaborationId(), agreement, specialistNames: names, schools, slots };
      const booked = await firstValueFrom(this.#dialog.open<Booked>(ConfirmBooking, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-confirm-booking' }).closed);
      if (booked) this.#tellBooked(booked);
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    }
  }

  /** @throws a problem with the reason when nothing of the half day can be booked. */
  async #slots(cell: BoardCell, agreement: AgreementEntry): Promise<readonly Slot[]> {
    const minutes = agreement.lengthsMinutes.filter((one) => one <= cell.freeMinutes).at(-1) ?? agreement.lengthsMinutes[0] ?? 60;
    const query = new URLSearchParams({
      agreementId: agreement.id, schoolUrn: this.urn(), from: cell.date, to: cell.date, minutes: String(minutes), specialistId: cell.specialistId, explain: 'true',
    });
    const found = await this.#api.get(`${this.#at()}/slots?${query}`, SlotsSchema);
    const slots = found.slots.filter((slot) => (formatTime(slot.startsAt) < '12:30') === (cell.half === 'morning'));
    if (slots.length > 0) return slots;
    const why = (found.refusals ?? []).filter((run) => run.code !== 'availability.outside-pattern').map(reasonOf);
    throw new Problem(409, 'This half day cannot be booked', { detail: [...new Set(why)].slice(0, 2).join(' ') || `No session of ${minutes} minutes fits.` });
  }

  #agreementFor(row: BoardRow | undefined): AgreementEntry | undefined {
    const subscribed = this.usable().filter((one) => row?.agreementIds.includes(one.id) && one.subscriptions.some((sub) => sub.urn === this.urn()));
    return subscribed.find((one) => one.id === this.agreementId()) ?? subscribed[0];
  }

  #tellBooked(booked: Booked): void {
    this.board.reload();
    const count = booked.series?.bookings.length ?? 1;
    const text = count > 1 ? `${count} sessions booked` : booked.state === 'requested' ? 'Asked for approval' : `Booked ${formatWhen(booked.startsAt, booked.endsAt)}`;
    this.#toast.show(text, { undo: () => this.#takeBack(booked.id) });
  }

  async #takeBack(id: string): Promise<void> {
    await this.#client.undo(this.collaborationId(), id);
    this.board.reload();
  }

  #walk(cell: BoardCell, key: string): boolean {
    if (key === 'PageUp' || key === 'PageDown') {
      this.turn(key === 'PageUp' ? -1 : 1);
      return true;
    }
    const next = cellAfter(this.rows(), cell.key, key);
    if (!next) return false;
    this.#focus(next.key);
    return true;
  }

  #focus(key: string): void {
    this.at.set(key);
    if (this.carried()) this.target.set(key);
    this.#host.querySelector<HTMLElement>(`[data-cell="${CSS.escape(key)}"]`)?.focus();
  }

  #cell(key: string): BoardCell | undefined {
    for (const row of this.rows()) for (const cell of row.cells) if (cell.key === key) return cell;
    return undefined;
  }
}
