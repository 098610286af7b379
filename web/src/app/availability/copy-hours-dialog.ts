import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import type { WorkingPattern } from '@fairshare/contract/availability.js';
import { Field, FieldControl } from '../ui/field';
import { formatDay, today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { Saving } from '../ui/saving';
import { DateField } from '../ui/date-field';
import { endedBefore, HoursClient, type TakeBack, type Whose } from './hours-client';
import { bare, hoursInWords, rhythmInWords } from './hours-model';

export interface CopyChoice extends Whose {
  readonly patterns: readonly WorkingPattern[];
  /** Colleagues with hours now or later. */
  readonly others: readonly { readonly id: string; readonly name: string; readonly patterns: readonly WorkingPattern[] }[];
}

/** The hours of a colleague from a day on, in place of one's own. Closes with what takes it back. */
@Component({
  selector: 'fs-copy-hours-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-copy-hours">Copy hours to {{ choice.name }}</h2>
      <fs-problem [error]="saving.problem()" />
      <fs-field label="Whose hours">
        <select fsControl class="fs-select" (change)="from.set($any($event.target).value)">
          @for (other of choice.others; track other.id) {
            <option [value]="other.id" [selected]="other.id === from()">{{ other.name }}</option>
          }
        </select>
      </fs-field>
      <ul class="fs-small">
        @for (pattern of taken(); track pattern.id) {
          <li>{{ hours(pattern) }}<br /><span class="fs-quiet">{{ rhythm(pattern) }}{{ pattern.validTo ? ', until ' + day(pattern.validTo) : '' }}</span></li>
        }
      </ul>
      <fs-date label="From" [(value)]="on" [error]="saving.errorFor('on')" />
      @if (choice.patterns.length) {
        <p class="fs-quiet fs-small">The hours that {{ choice.name }} has then end the day before. What is booked stays booked.</p>
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Copy them</button>
      </div>
    </form>
  `,
})
export class CopyHoursDialog {
  readonly #client = inject(HoursClient);
  protected readonly choice = inject<CopyChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<TakeBack>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly from = signal(this.choice.others[0]?.id ?? '');
  protected readonly on = signal(today());
  protected readonly taken = computed(() => (this.choice.others.find(({ id }) => id === this.from())?.patterns ?? []).filter(({ validTo }) => validTo === null || validTo >= this.on()));
  protected readonly hours = hoursInWords;
  protected readonly rhythm = rhythmInWords;
  protected readonly day = formatDay;

  protected async save(): Promise<void> {
    this.saving.clear();
    if (!this.on()) return;
    const ended = endedBefore(this.choice.patterns, this.on());
    const copies = this.taken().map((pattern) => ({ ...bare(pattern), validFrom: pattern.validFrom > this.on() ? pattern.validFrom : this.on() }));
    const takeBack = await this.saving.send(() => this.#client.change(this.choice, ended.remove, [...ended.add, ...copies]));
    if (takeBack) this.ref.close(takeBack);
  }
}
