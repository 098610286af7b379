import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, resource, signal } from '@angular/core';
import { RoomsSchema } from '@fairshare/contract/availability.js';
import type { BookingDetail, CancelBooking, CancellationCost, DeliverBooking, LeaveBooking, MoveBooking, Moved } from '@fairshare/contract/bookings.js';
import { MemberListSchema } from '@fairshare/contract/schools.js';
import { read } from '../ui/api-client';
import { Attempt } from '../ui/attempt';
import { WhenPipe } from '../ui/day';
import { Field, FieldControl } from '../ui/field';
import { dateOf } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { AttendanceStep } from './attendance-step';
import { stateChips } from './booking-words';
import { BookingsClient } from './bookings-client';
import { LeaveStep } from './leave-step';
import { MoveBookingStep } from './move-booking';
import { ObjectionsPanel } from './objections-panel';
import { SeatsPanel } from './seats-panel';
import { SeriesDates, type DatedOutcome } from './series-dates';
import { WhichSessions } from './which-sessions';

type Step = 'look' | 'attendance' | 'move' | 'leave' | 'cancel' | 'decline';

/** What happened to the booking while the dialog was open; of a move, what was before and what is now, so that it can be taken back. */
export interface BookingOutcome {
  readonly deed: 'approved' | 'declined' | 'moved' | 'cancelled' | 'left' | 'delivered';
  readonly moved?: { readonly before: BookingDetail; readonly after: Moved };
}

const deeds: Readonly<Record<string, string>> = {
  'bookings.booked': 'Booked', 'bookings.requested': 'Requested', 'bookings.approved': 'Approved', 'bookings.declined': 'Declined',
  'bookings.moved': 'Moved', 'bookings.cancelled': 'Cancelled', 'bookings.delivered': 'Delivered', 'bookings.needs-replanning': 'Needs re-planning',
  'bookings.school-left': 'A school left',
};

/** A booking with its history and what the signed-in person may do with it now. */
@Component({
  selector: 'fs-booking-dialog',
  imports: [AttendanceStep, Field, FieldControl, LeaveStep, MoveBookingStep, ObjectionsPanel, ProblemNotice, SeatsPanel, SeriesDates, Skeleton, State, WhenPipe, WhichSessions],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './booking-dialog.html',
})
export class BookingDialog {
  readonly #data = inject<{ collaborationId: string; id: string; step?: 'move' | 'attendance' }>(DIALOG_DATA);
  readonly #ref = inject<DialogRef<BookingOutcome>>(DialogRef);
  readonly #client = inject(BookingsClient);

  protected readonly booking = resource({ loader: () => this.#client.one(this.#data.collaborationId, this.#data.id) });
  protected readonly step = signal<Step>(this.#data.step ?? 'look');
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly busy = this.#attempt.busy;
  protected readonly reason = signal('');
  protected readonly collaborationId = this.#data.collaborationId;
  protected readonly which = signal<'one' | 'following'>('one');
  readonly #costs = signal<readonly CancellationCost[]>([]);
  protected readonly cost = computed(() => costWords(this.#costs()));
  protected readonly costDates = computed<readonly DatedOutcome[]>(() =>
    this.#costs().map((one) => ({
      date: dateOf(one.startsAt), startsAt: null, endsAt: null, good: one.chargeBasisPoints === 0,
      detail: one.chargeBasisPoints === 0 ? undefined : `${one.chargeBasisPoints / 100} % of the price, with ${one.workingDays} working ${one.workingDays === 1 ? 'day' : 'days'}’ notice.`,
    })),
  );
  protected readonly chip = computed(() => stateChips[(this.booking.value() as BookingDetail).state]);
  protected readonly who = (booking: BookingDetail) => booking.schools.map(({ name, minutes }) => (minutes === null || booking.schools.length === 1 ? name : `${name} (${minutes} min)`)).join(', ');
  readonly #rooms = read(() => (this.booking.value()?.roomId ? `/api/collaborations/${this.collaborationId}/rooms` : undefined), RoomsSchema);
  readonly #members = read(() => (this.booking.hasValue() && siteOf(this.booking.value()) === undefined ? `/api/collaborations/${this.collaborationId}/members?size=200` : undefined), MemberListSchema);

  /** Where it is held, with the room where one was chosen. */
  protected place(booking: BookingDetail): string {
    if ('remote' in booking.place) return 'By video or telephone';
    const { schoolUrn } = booking.place;
    const site = siteOf(booking) ?? (this.#members.hasValue() ? this.#members.value().items : []).find(({ urn }) => urn === schoolUrn)?.name ?? schoolUrn;
    const room = this.#rooms.hasValue() ? this.#rooms.value().items.find(({ id }) => id === booking.roomId)?.name : undefined;
    return room ? `${site}, ${room}` : site;
  }

  protected deed(action: string): string {
    return deeds[action] ?? action.split('.').at(-1)?.replaceAll('-', ' ') ?? action;
  }

  protected may(action: BookingDetail['actions'][number]): boolean {
    return this.booking.value()?.actions.includes(action) ?? false;
  }

  protected startCancelling(): Promise<void> {
    this.step.set('cancel');
    return this.look();
  }

  /** What it would cost, before anything happens. */
  protected look(): Promise<void> {
    return this.#tell(async () => this.#costs.set(await this.#client.costOfCancelling(this.#data.collaborationId, this.#data.id, this.#cancellation('To see what it costs'))));
  }

  protected approve(): Promise<void> {
    return this.#finish('approved', () => this.#client.approve(this.#data.collaborationId, this.#data.id));
  }

  protected decline(): Promise<void> {
    return this.#finish('declined', () => this.#client.decline(this.#data.collaborationId, this.#data.id, this.reason().trim()));
  }

  /** Of several schools it is asked who came: the session is shared by that. */
  protected async say(booking: BookingDetail): Promise<void> {
    if (booking.schools.length > 1) this.step.set('attendance');
    else await this.deliver();
  }

  protected deliver(attendance: DeliverBooking = {}): Promise<void> {
    return this.#finish('delivered', () => this.#client.deliver(this.#data.collaborationId, this.#data.id, attendance));
  }

  protected cancel(): Promise<void> {
    return this.#finish('cancelled', () => this.#client.cancel(this.#data.collaborationId, this.#data.id, this.#cancellation(this.reason().trim())));
  }

  protected leave(wanted: LeaveBooking): Promise<void> {
    return this.#finish('left', () => this.#client.leave(this.#data.collaborationId, this.#data.id, wanted));
  }

  protected move(to: MoveBooking): Promise<void> {
    return this.#tell(async () => {
      const before = this.booking.value() as BookingDetail;
      const after = await this.#client.move(this.#data.collaborationId, this.#data.id, to);
      this.#ref.close({ deed: 'moved', moved: { before, after } });
    });
  }

  protected close(): void {
    this.#ref.close();
  }

  #cancellation(reason: string): CancelBooking {
    return { reason, which: this.which(), common: false };
  }

  #finish(deed: BookingOutcome['deed'], work: () => Promise<unknown>): Promise<void> {
    return this.#tell(async () => {
      await work();
      this.#ref.close({ deed });
    });
  }

  async #tell(work: () => Promise<void>): Promise<void> {
    await this.#attempt.run(async () => {
      await work();
    });
  }
}

/** The name of the place where it is one of the schools that come. */
function siteOf({ place, schools }: BookingDetail): string | undefined {
  return 'remote' in place ? '' : schools.find(({ urn }) => urn === place.schoolUrn)?.name;
}

function costWords(costs: readonly CancellationCost[]): string | undefined {
  const [only] = costs;
  if (!only) return undefined;
  if (costs.every((one) => one.chargeBasisPoints === 0)) return 'Cancelling now costs nothing.';
  return costs.length === 1 ? `Cancelling now costs ${only.chargeBasisPoints / 100} % of the price.` : 'Some of these cost something at this notice; each says how much.';
}
