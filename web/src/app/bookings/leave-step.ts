import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import type { BookingDetail, LeaveBooking } from '@fairshare/contract/bookings.js';
import { CurrentSession } from '../ui/current-session';
import { Field, FieldControl } from '../ui/field';

/** Which school of a joint session does not come after all, and why. Its host stays. */
@Component({
  selector: 'fs-leave-step',
  imports: [Field, FieldControl],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-stack" (submit)="$event.preventDefault(); leave()" novalidate>
      @if (schools().length > 1) {
        <fs-field label="Which school does not come?">
          <select fsControl class="fs-select" (change)="chosen.set($any($event.target).value)">
            @for (school of schools(); track school.urn) {
              <option [value]="school.urn" [selected]="school.urn === urn()">{{ school.name }}</option>
            }
          </select>
        </fs-field>
      } @else {
        <p>{{ schools()[0]?.name }} does not come.</p>
      }
      <p class="fs-small fs-quiet">The session stays for the other schools, which share all of it. Units of the school that leaves come back to it.</p>
      <fs-field label="Why?" [optional]="true">
        <textarea fsControl class="fs-textarea" rows="2" maxlength="500" [value]="reason()" (input)="reason.set($any($event.target).value)"></textarea>
      </fs-field>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="back.emit()">Go back</button>
        <button type="submit" class="fs-button danger" [attr.aria-disabled]="busy()">Leave the session</button>
      </div>
    </form>
  `,
})
export class LeaveStep {
  readonly collaborationId = input.required<string>();
  readonly booking = input.required<BookingDetail>();
  readonly busy = input(false);
  readonly leaves = output<LeaveBooking>();
  readonly back = output();
  readonly #session = inject(CurrentSession);
  protected readonly schools = computed(() => {
    const { place, schools } = this.booking();
    const all = schools.filter(({ urn }) => 'remote' in place || place.schoolUrn !== urn);
    return this.#session.rolesIn(this.collaborationId()).has('coordinator') ? all : all.filter(({ urn }) => this.#session.schoolUrns().includes(urn));
  });
  protected readonly chosen = signal('');
  protected readonly urn = computed(() => this.chosen() || (this.schools()[0]?.urn ?? ''));
  protected readonly reason = signal('');

  protected leave(): void {
    const reason = this.reason().trim();
    this.leaves.emit({ schoolUrn: this.urn(), ...(reason ? { reason } : {}) });
  }
}
