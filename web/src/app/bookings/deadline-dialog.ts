import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { BookingSchema } from '@fairshare/contract/bookings.js';
import { ApiClient } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';

/** By when a session has to take place, and what asks for it. */
@Component({
  selector: 'fs-deadline-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save(day())">
      <h2 id="fs-deadline-title">By when does it have to take place?</h2>
      <fs-date label="The last day" [(value)]="day" />
      <fs-field label="What asks for it" [optional]="true" hint="For example: six weeks after the request for an assessment. Never a child’s name.">
        <input fsControl class="fs-input" maxlength="200" [value]="why()" (input)="why.set($any($event.target).value)" />
      </fs-field>
      @if (error(); as shown) {
        <fs-problem [error]="shown" />
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        @if (data.dueOn) {
          <button type="button" class="fs-button" (click)="save(null)">There is none</button>
        }
        <button type="submit" class="fs-button primary" [disabled]="!day()">Set the deadline</button>
      </div>
    </form>
  `,
})
export class DeadlineDialog {
  readonly #api = inject(ApiClient);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly data = inject<{ at: string; dueOn: string | null; why: string | null }>(DIALOG_DATA);
  protected readonly day = signal(this.data.dueOn ?? '');
  protected readonly why = signal(this.data.why ?? '');
  protected readonly error = signal<Problem | undefined>(undefined);

  protected async save(dueOn: string | null): Promise<void> {
    this.error.set(undefined);
    try {
      const why = this.why().trim();
      await this.#api.put(this.data.at, { dueOn, ...(dueOn && why ? { why } : {}) }, BookingSchema);
      this.ref.close(true);
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    }
  }
}
