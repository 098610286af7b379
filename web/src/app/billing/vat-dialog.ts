import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { ChooseVatSchema, VatTreatmentsSchema, type VatTreatments } from '@fairshare/contract/books.js';
import { Saving } from '../ui/saving';
import { ApiClient } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';
import { treatmentWords, type Treatment } from './vat-words';

type Agreement = VatTreatments['items'][number];

interface VatQuestion {
  readonly collaborationId: string;
  readonly agreement: Agreement;
  readonly school?: Agreement['schools'][number] | undefined;
  readonly on: string;
}

/** A treatment for an agreement, or for one school in it, from a day on and with a reason. */
@Component({
  selector: 'fs-vat-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-vat">VAT of {{ choice.agreement.agreementName }}</h2>
      <p>For {{ choice.school?.schoolName ?? 'every school in it' }}. Invoices that are issued keep what they have.</p>
      <fs-problem [error]="saving.problem()" />
      <fs-field label="Treatment" [error]="saving.errorFor('treatment')">
        <select fsControl class="fs-select" cdkFocusInitial (change)="treatment.set($any($event.target).value)">
          <option value="" [selected]="treatment() === ''">The default</option>
          @for (one of treatments; track one[0]) { <option [value]="one[0]" [selected]="treatment() === one[0]">{{ one[1] }}</option> }
        </select>
      </fs-field>
      @if (treatment() === 'standard-rated') {
        <fs-field label="Rate" [error]="saving.errorFor('rateBasisPoints')">
          <select fsControl class="fs-select" (change)="rate.set(+$any($event.target).value)">
            <option value="2000" [selected]="rate() === 2000">20 %</option>
            <option value="500" [selected]="rate() === 500">5 %</option>
          </select>
        </fs-field>
      }
      <fs-date label="From" [(value)]="fromOn" />
      <fs-field label="Why" hint="It stands on the invoice. Say who advised it." [error]="saving.errorFor('reason')">
        <textarea fsControl class="fs-textarea" maxlength="500" [value]="reason()" (input)="reason.set($any($event.target).value)"></textarea>
      </fs-field>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Choose it</button>
      </div>
    </form>
  `,
})
export class VatDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<VatQuestion>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly treatments = Object.entries(treatmentWords);
  protected readonly treatment = signal<Treatment | ''>(this.choice.school?.isChosen ? this.choice.school.treatment : '');
  protected readonly rate = signal(this.choice.school?.basisPoints || 2000);
  protected readonly fromOn = signal<string>(this.choice.on);
  protected readonly reason = signal('');

  protected async save(): Promise<void> {
    const treatment = this.treatment() || null;
    const body = {
      agreementId: this.choice.agreement.agreementId, urn: this.choice.school?.urn ?? null, fromOn: this.fromOn(), treatment,
      rateBasisPoints: treatment === 'standard-rated' ? this.rate() : 0, reason: this.reason(),
    };
    if (!this.saving.check(ChooseVatSchema, body)) return;
    if (await this.saving.send(() => this.#api.post(`/api/collaborations/${this.choice.collaborationId}/vat-treatments`, body, VatTreatmentsSchema))) this.ref.close(true);
  }
}
