import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { ExtraTimeSchema, NewExtraTimeSchema, type ExtraTime } from '@fairshare/contract/availability.js';
import { ApiClient } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { Saving } from '../ui/saving';
import { TimeField } from '../ui/time-field';
import { HoursClient, type Whose } from './hours-client';

/** Time beyond the hours, in term or out of it. */
@Component({
  selector: 'fs-extra-time-dialog',
  imports: [DateField, ProblemNotice, TimeField],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-extra">Extra time of {{ whose.name }}</h2>
      <p class="fs-quiet">Can be booked besides the hours, in a holiday too. Schools that wait for some of it are offered it first.</p>
      <fs-problem [error]="saving.problem()" />
      <fs-date label="Day" [(value)]="day" [error]="saving.errorFor('day')" />
      <div class="fs-grid">
        <fs-time label="From" [(value)]="from" [error]="saving.errorFor('startsAt')" />
        <fs-time label="To" [(value)]="to" [error]="saving.errorFor('endsAt')" />
      </div>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Add it</button>
      </div>
    </form>
  `,
})
export class ExtraTimeDialog {
  readonly #api = inject(ApiClient);
  readonly #client = inject(HoursClient);
  protected readonly ref = inject<DialogRef<ExtraTime>>(DialogRef);
  protected readonly whose = inject<Whose>(DIALOG_DATA);
  protected readonly saving = new Saving();
  protected readonly day = signal(today());
  protected readonly from = signal('09:00');
  protected readonly to = signal('12:00');

  protected async save(): Promise<void> {
    const body = { startsAt: `${this.day()}T${this.from()}`, endsAt: `${this.day()}T${this.to()}` };
    const own: Record<string, string> = !this.day() ? { day: 'Say on which day.' } : this.to() <= this.from() ? { endsAt: 'The end has to be after the start.' } : {};
    if (!this.saving.check(NewExtraTimeSchema, body, own)) return;
    const added = await this.saving.send(() => this.#api.post(`${this.#client.at(this.whose)}/extra-time`, body, ExtraTimeSchema));
    if (added) this.ref.close(added);
  }
}
