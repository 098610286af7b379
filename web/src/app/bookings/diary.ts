import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TravelTimesSchema } from '@fairshare/contract/availability.js';
import type { AbsenceOutcome, Booking } from '@fairshare/contract/bookings.js';
import { firstValueFrom } from 'rxjs';
import { AbsenceDialog } from '../availability/absence-dialog';
import { read } from '../ui/api-client';
import { CurrentSession } from '../ui/current-session';
import { ClockPipe, DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { addDays, dateOf, formatDay, today, weekdayOf } from '../ui/london';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { BookingDialog, type BookingOutcome } from './booking-dialog';
import { colourOf, schoolNames, stateChips } from './booking-words';
import { BookingsClient } from './bookings-client';
import { withGaps, type Gap } from './travel-gaps';

interface Day {
  readonly date: string;
  readonly sessions: readonly { readonly booking: Booking; readonly gap: Gap | null }[];
}

/** A specialist's week over all schools: what is next, the gaps for the journeys, and what still has to be said to have taken place. */
@Component({
  selector: 'fs-diary',
  imports: [ClockPipe, DayPipe, Empty, Icon, Page, ProblemNotice, RouterLink, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './diary.html',
  styles: `
    ol { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 8px; }
    .session { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; padding: 12px 16px; border: 1px solid var(--fs-line); border-left: 4px solid; border-radius: var(--fs-radius); background: var(--fs-surface); }
    .session > div { flex: 1 1 220px; min-width: 0; }
    .gap { display: flex; align-items: center; gap: 8px; padding-left: 16px; color: var(--fs-text-soft); }
    .gap fs-icon { width: 16px; height: 16px; }
    .tight { color: var(--fs-warn); font-weight: 550; }
    .today { color: var(--fs-accent); }
  `,
})
export class Diary {
  readonly collaborationId = input.required<string>();
  readonly #client = inject(BookingsClient);
  readonly #dialog = inject(Dialog);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);

  protected readonly week = queryParamSignal('week', monday(today()));
  protected readonly heading = computed(() => `${formatDay(this.week())} to ${formatDay(addDays(this.week(), 6))}`);
  protected readonly error = signal<Problem | undefined>(undefined);
  protected readonly chips = stateChips;
  protected readonly names = schoolNames;
  protected readonly colour = colourOf;

  protected readonly now = today();
  readonly #travel = read(() => `/api/collaborations/${this.collaborationId()}/travel-times`, TravelTimesSchema);
  protected readonly specialistId = computed(() => this.#session.grants().find((grant) => grant.collaborationId === this.collaborationId() && grant.specialistId)?.specialistId);
  protected readonly bookings = this.#client.watch(() => {
    const specialistId = this.specialistId();
    return { collaborationId: this.collaborationId(), from: this.week(), to: addDays(this.week(), 6), ...(specialistId ? { specialistId } : {}) };
  });
  /** What took place and nobody has said so yet, in the last year: what is never said is never charged. */
  protected readonly waiting = this.#client.watch(() => {
    const specialistId = this.specialistId();
    return { collaborationId: this.collaborationId(), from: addDays(today(), -365), to: today(), state: 'confirmed' as const, ...(specialistId ? { specialistId } : {}) };
  });
  protected readonly toConfirm = computed(() => (this.waiting.hasValue() ? this.waiting.value() : []).filter((booking) => booking.actions.includes('deliver')));
  protected readonly days = computed<readonly Day[]>(() => {
    const all = this.bookings.hasValue() ? this.bookings.value() : [];
    const byDay = new Map<string, Booking[]>();
    for (const booking of all.filter((b) => !['cancelled', 'declined', 'expired'].includes(b.state))) {
      byDay.set(dateOf(booking.startsAt), [...(byDay.get(dateOf(booking.startsAt)) ?? []), booking]);
    }
    return [...byDay].sort().map(([date, list]) => ({ date, sessions: withGaps(list, this.#travel.hasValue() ? this.#travel.value() : undefined) }));
  });

  protected turn(weeks: number): void {
    this.week.set(addDays(this.week(), 7 * weeks));
  }

  protected async deliver(booking: Booking): Promise<void> {
    this.error.set(undefined);
    try {
      await this.#client.deliver(this.collaborationId(), booking.id);
      this.#reload();
      this.#toast.show(`${booking.serviceName} at ${schoolNames(booking)} took place`);
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    }
  }

  protected async open(booking: Booking, step?: 'attendance'): Promise<void> {
    const data = { collaborationId: this.collaborationId(), id: booking.id, ...(step ? { step } : {}) };
    const ref = this.#dialog.open<BookingOutcome>(BookingDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-booking-title' });
    if (await firstValueFrom(ref.closed)) this.#reload();
  }

  /** Away, from a day on: first it says what that hits. */
  protected async away(on?: string): Promise<void> {
    const specialistId = this.specialistId();
    if (!specialistId) return;
    const data = { collaborationId: this.collaborationId(), specialistId, ...(on ? { on } : {}) };
    const outcome = await firstValueFrom(this.#dialog.open<AbsenceOutcome>(AbsenceDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-absence-title' }).closed);
    if (!outcome?.absence) return;
    this.#reload();
    const hits = outcome.hits.length;
    this.#toast.show(hits ? `Absence reported; ${hits} ${hits === 1 ? 'session needs' : 'sessions need'} re-planning` : 'Absence reported', {
      undo: () => this.#client.withdrawAbsence(this.collaborationId(), specialistId, outcome.absence?.id ?? '').then(() => this.#reload()),
    });
  }

  #reload(): void {
    this.bookings.reload();
    this.waiting.reload();
  }
}

function monday(date: string): string {
  return addDays(date, 1 - weekdayOf(date));
}
