import { ChangeDetectionStrategy, Component, computed, inject, input, output, resource, signal } from '@angular/core';
import type { BookingDetail, MoveBooking } from '@fairshare/contract/bookings.js';
import { DateField } from '../ui/date-field';
import { dateOf, formatTime } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { TimeField } from '../ui/time-field';
import { BookingsClient } from './bookings-client';
import { SeriesDates, withNames, type DatedOutcome } from './series-dates';
import { WhichSessions } from './which-sessions';

/** Where a booking goes, alone or with those that follow it; of several it shows what would become of each before anything happens. */
@Component({
  selector: 'fs-move-booking',
  imports: [DateField, ProblemNotice, SeriesDates, Skeleton, TimeField, WhichSessions],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-stack">
      <div class="fs-grid">
        <fs-date label="New day" [value]="day()" (valueChange)="given.set($event)" />
        <fs-time label="New start" [value]="time()" (valueChange)="givenTime.set($event)" />
      </div>
      @if (booking().seriesId) {
        <fs-which-sessions [(which)]="which" verb="Move" />
      }
      @if (which() === 'following') {
        @if (preview.error(); as shown) {
          <fs-problem [error]="shown" />
        } @else if (dates(); as all) {
          <fs-series-dates [dates]="all" goodWord="Moves" badWord="Stays" goodSummary="will move" badSummary="stay where they are" />
        } @else {
          <fs-skeleton what="every date" [rows]="3" />
        }
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="back.emit()">Go back</button>
        <button type="button" class="fs-button primary" [disabled]="busy() || none()" (click)="chosen.emit(to())">{{ action() }}</button>
      </div>
    </div>
  `,
})
export class MoveBookingStep {
  readonly #client = inject(BookingsClient);
  readonly collaborationId = input.required<string>();
  readonly booking = input.required<BookingDetail>();
  readonly busy = input(false);
  readonly chosen = output<MoveBooking>();
  readonly back = output<void>();

  protected readonly which = signal<'one' | 'following'>('one');
  protected readonly given = signal<string | undefined>(undefined);
  protected readonly givenTime = signal<string | undefined>(undefined);
  protected readonly day = computed(() => this.given() ?? dateOf(this.booking().startsAt));
  protected readonly time = computed(() => this.givenTime() ?? formatTime(this.booking().startsAt));
  protected readonly to = computed<MoveBooking>(() => {
    const lengthMs = Date.parse(this.booking().endsAt) - Date.parse(this.booking().startsAt);
    const startsAt = `${this.day()}T${this.time()}`;
    const at = Date.parse(`${startsAt}:00Z`);
    const endsAt = Number.isNaN(at) ? startsAt : new Date(at + lengthMs).toISOString().slice(0, 16);
    return { startsAt, endsAt, ...(this.which() === 'following' ? { which: 'following' as const } : {}) };
  });
  protected readonly preview = resource({
    params: () => (this.which() === 'following' ? this.to() : undefined),
    loader: ({ params }) => this.#client.previewMove(this.collaborationId(), this.booking().id, params),
  });
  protected readonly dates = computed<readonly DatedOutcome[] | undefined>(() => {
    if (!this.preview.hasValue()) return undefined;
    return this.preview.value().map((one) => ({ date: dateOf(one.startsAt ?? one.fromStartsAt), startsAt: one.startsAt, endsAt: one.endsAt, good: one.outcome === 'moves', detail: withNames(one.detail ?? one.code, this.booking().schools) }));
  });
  readonly #moves = computed(() => this.dates()?.filter((one) => one.good).length ?? 0);
  protected readonly none = computed(() => this.which() === 'following' && this.#moves() === 0);
  protected readonly action = computed(() => (this.which() === 'one' ? 'Move it' : `Move ${this.#moves()} ${this.#moves() === 1 ? 'session' : 'sessions'}`));
}
