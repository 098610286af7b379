import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { AgreementDetailSchema, DatedPriceBodySchema } from '@fairshare/contract/agreements.js';
import { ApiClient } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { addDays, today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import type { AgreementChoice } from './agreement-choice';
import { unitName } from './procurement-words';
import { penceOf } from './rule-draft';
import { Saving } from '../ui/saving';

/** Agrees a price from a day on; what was ordered before keeps its own. */
@Component({
  selector: 'fs-price-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()">
      <h2 id="fs-price-title">A new price</h2>
      <fs-problem [error]="saving.problem()" />
      <fs-field [label]="'Price per ' + unit + ', £'" [error]="saving.errorFor('pence')">
        <input fsControl class="fs-input" inputmode="decimal" [value]="pounds()" (input)="pounds.set($any($event.target).value)" />
      </fs-field>
      <fs-date label="From" [earliest]="choice.agreement.startsOn" [latest]="choice.agreement.endsOn" hint="Sessions ordered before keep the earlier price." [(value)]="from" [error]="saving.errorFor('from')" />
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Agree the price</button>
      </div>
    </form>
  `,
})
export class PriceDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<AgreementChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly unit = unitName(this.choice.agreement.priceBasis === 'retainer' ? this.choice.agreement.unit : this.choice.agreement.priceBasis);
  protected readonly pounds = signal('');
  protected readonly from = signal(addDays(today(), 1));

  protected async save(): Promise<void> {
    const body = { from: this.from(), pence: penceOf(this.pounds()) };
    if (!this.saving.check(DatedPriceBodySchema, body, body.pence === undefined ? { pence: 'Write an amount such as 285.00.' } : {})) return;
    const at = `/api/collaborations/${this.choice.collaborationId}/agreements/${this.choice.agreement.id}/prices`;
    if (await this.saving.send(() => this.#api.post(at, body, AgreementDetailSchema))) this.ref.close(true);
  }
}
