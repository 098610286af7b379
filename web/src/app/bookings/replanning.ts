import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { WorklistSchema, type Worklist } from '@fairshare/contract/board.js';
import { BookingSchema, type Booking } from '@fairshare/contract/bookings.js';
import { firstValueFrom } from 'rxjs';
import { Attempt } from '../ui/attempt';
import { ApiClient, read } from '../ui/api-client';
import { Confirm } from '../ui/confirm';
import { DayPipe, WhenPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { formatWhen } from '../ui/london';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { BookingDialog, type BookingOutcome } from './booking-dialog';
import { colourOf, schoolNames } from './booking-words';
import { BookingsClient } from './bookings-client';
import { CalendarTabs } from './calendar-tabs';
import { DeadlineDialog } from './deadline-dialog';
import { ProposalsList, type Proposal } from './proposals';
import { withNames } from './series-dates';

/** What the world overtook, what is due first, each with what would do instead: accept it, choose another time, give it up, or take any of that back. */
@Component({
  selector: 'fs-replanning',
  imports: [CalendarTabs, DayPipe, Empty, Page, ProblemNotice, ProposalsList, Skeleton, State, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './replanning.html',
  styles: `
    h2 { font-size: 1.125rem; }
    ul { list-style: none; margin: 0; padding: 0; }
    li { padding: 12px 0; }
    li + li { border-top: 1px solid var(--fs-line); }
    .due { display: flex; flex-direction: column; align-items: flex-start; gap: 4px; }
  `,
})
export class ReplanningPage {
  readonly collaborationId = input.required<string>();
  readonly #api = inject(ApiClient);
  readonly #client = inject(BookingsClient);
  readonly #confirm = inject(Confirm);
  readonly #dialog = inject(Dialog);
  readonly #toast = inject(Toast);
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  protected readonly list = read(() => `${this.#at()}/replanning`, WorklistSchema);
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly busy = this.#attempt.busy;
  protected readonly names = schoolNames;
  protected readonly colour = colourOf;

  protected why(booking: Worklist['items'][number]): string | undefined {
    return withNames(booking.why, booking.schools);
  }

  /** What one may move, one may answer for; a given-up session may not be moved, but its school may take that back. */
  protected mayAct(booking: Booking): boolean {
    return booking.actions.includes('move') || booking.state === 'cancelled';
  }

  protected accept(booking: Booking, { startsAt, endsAt, specialistId, specialistName }: Proposal): Promise<void> {
    return this.#do(async () => {
      await this.#api.post(`${this.#at()}/bookings/${booking.id}/proposals/accept`, { startsAt, endsAt, specialistId }, BookingSchema);
      this.#toast.show(`Moved to ${formatWhen(startsAt, endsAt)}, ${specialistName}`, { undo: () => this.#undo(booking) });
    });
  }

  protected giveUp(booking: Booking): Promise<void> {
    return this.#do(async () => {
      const reason = 'No other time would do';
      const [cost] = await this.#client.costOfCancelling(this.collaborationId(), booking.id, { reason, which: 'one', common: false });
      const part = (cost?.chargeBasisPoints ?? 0) / 100;
      const text = part === 0 ? 'It costs nothing, and what was bought in advance comes back.' : `It costs ${part} % of the price at this notice.`;
      if (!(await this.#confirm.ask({ title: `Give up ${booking.serviceName}?`, text, action: 'Give it up', otherwise: 'Keep it', danger: true }))) return;
      await this.#api.post(`${this.#at()}/bookings/${booking.id}/proposals/decline`, { reason }, BookingSchema);
      this.#toast.show(`${booking.serviceName} given up`, part === 0 ? { undo: () => this.#undo(booking) } : {});
    });
  }

  protected undo(booking: Booking): Promise<void> {
    return this.#do(() => this.#undo(booking));
  }

  protected async open(booking: Booking): Promise<void> {
    const data = { collaborationId: this.collaborationId(), id: booking.id, step: 'move' };
    const ref = this.#dialog.open<BookingOutcome>(BookingDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-booking-title' });
    const outcome = await firstValueFrom(ref.closed);
    if (!outcome) return;
    this.list.reload();
    this.#toast.show(`Booking ${outcome.deed}`);
  }

  protected async setDeadline(booking: Worklist['items'][number]): Promise<void> {
    const data = { at: `${this.#at()}/bookings/${booking.id}/deadline`, dueOn: booking.dueOn, why: booking.dueWhy };
    const ref = this.#dialog.open<boolean>(DeadlineDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-deadline-title' });
    if (await firstValueFrom(ref.closed)) this.list.reload();
  }

  async #undo(booking: Booking): Promise<void> {
    await this.#api.post(`${this.#at()}/bookings/${booking.id}/proposals/undo`, {}, BookingSchema);
    this.list.reload();
  }

  async #do(work: () => Promise<void>): Promise<void> {
    await this.#attempt.run(async () => {
      await work();
      this.list.reload();
    });
  }
}
