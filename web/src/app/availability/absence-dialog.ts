import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, resource, signal } from '@angular/core';
import type { NewAbsence } from '@fairshare/contract/availability.js';
import { AbsenceOutcomeSchema, type AbsenceOutcome, type Booking } from '@fairshare/contract/bookings.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { WhenPipe } from '../ui/day';
import { Field, FieldControl } from '../ui/field';
import { addDays, today } from '../ui/london';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { TimeField } from '../ui/time-field';

const reasons = [{ value: 'illness', label: 'Illness' }, { value: 'leave', label: 'Leave' }, { value: 'training', label: 'Training' }, { value: 'other', label: 'Something else' }] as const;

/** Somebody is away. Before it is saved it says which sessions it hits; afterwards those need re-planning, none is lost. */
@Component({
  selector: 'fs-absence-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice, Skeleton, TimeField, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()">
      <h2 id="fs-absence-title">{{ data.name ? data.name + ' is away' : 'Report an absence' }}</h2>
      <div class="fs-grid">
        <fs-date label="First day" [value]="from()" (valueChange)="begin($event)" />
        <fs-date label="Last day" [(value)]="to" [earliest]="from()" />
      </div>
      <label class="fs-check"><input type="checkbox" [checked]="part()" (change)="part.set($any($event.target).checked)" /> Only a part of the day</label>
      @if (part()) {
        <div class="fs-grid"><fs-time label="From" [(value)]="fromTime" /><fs-time label="To" [(value)]="toTime" /></div>
      }
      <fs-field label="Why" hint="Only the coordinator sees it; schools see that the time is gone.">
        <select fsControl class="fs-select" (change)="reason.set($any($event.target).value)">
          @for (each of reasons; track each.value) {
            <option [value]="each.value" [selected]="each.value === reason()">{{ each.label }}</option>
          }
        </select>
      </fs-field>
      @if (look.error(); as shown) {
        <fs-problem [error]="problem(shown)" />
      } @else if (look.hasValue()) {
        <div role="status">
          @if (hits().length) {
            <p><strong>{{ hits().length }} {{ hits().length === 1 ? 'session' : 'sessions' }} will need re-planning:</strong></p>
            <ul>
              @for (booking of hits(); track booking.id) {
                <li>{{ booking.startsAt | when: booking.endsAt }}, {{ booking.serviceName }}, {{ names(booking) }}</li>
              }
            </ul>
          } @else {
            <p>No session is hit.</p>
          }
        </div>
      } @else {
        <fs-skeleton what="what it hits" [rows]="2" />
      }
      @if (error(); as shown) {
        <fs-problem [error]="shown" />
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="busy() || !look.hasValue()">{{ hits().length ? 'Report it, ' + hits().length + ' to re-plan' : 'Report it' }}</button>
      </div>
    </form>
  `,
  styles: 'ul { max-height: 240px; overflow-y: auto; }',
})
export class AbsenceDialog {
  readonly #api = inject(ApiClient);
  protected readonly ref = inject<DialogRef<AbsenceOutcome>>(DialogRef);
  protected readonly data = inject<{ collaborationId: string; specialistId: string; name?: string; on?: string }>(DIALOG_DATA);
  protected readonly reasons = reasons;
  protected readonly names = (booking: Booking) => booking.schools.map(({ name }) => name).join(', ');
  protected readonly from = signal(this.data.on ?? today());
  protected readonly to = signal(this.data.on ?? today());
  protected readonly part = signal(false);
  protected readonly fromTime = signal('09:00');
  protected readonly toTime = signal('12:00');
  protected readonly reason = signal<NewAbsence['reason']>('illness');
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly busy = this.#attempt.busy;
  readonly #at = `/api/collaborations/${this.data.collaborationId}/specialists/${this.data.specialistId}/absences`;

  readonly #wanted = computed<NewAbsence>(() => ({
    startsAt: `${this.from()}T${this.part() ? this.fromTime() : '00:00'}`,
    endsAt: this.part() ? `${this.to()}T${this.toTime()}` : `${addDays(this.to(), 1)}T00:00`,
    reason: this.reason(),
  }));
  protected readonly look = resource({
    params: () => (this.from() && this.to() ? this.#wanted() : undefined),
    loader: ({ params }) => this.#api.post(`${this.#at}?dryRun=true`, params, AbsenceOutcomeSchema),
  });
  protected readonly hits = computed(() => (this.look.hasValue() ? this.look.value().hits : []));
  protected readonly problem = (thrown: unknown) => Problem.of(thrown);

  protected begin(day: string): void {
    this.from.set(day);
    if (this.to() < day) this.to.set(day);
  }

  protected async save(): Promise<void> {
    await this.#attempt.run(async () => {
      this.ref.close(await this.#api.post(this.#at, this.#wanted(), AbsenceOutcomeSchema));
    });
  }
}
