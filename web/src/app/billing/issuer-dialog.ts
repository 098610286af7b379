import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { doneOrAsked } from '@fairshare/contract/approvals.js';
import { IssuerSettingsSchema } from '@fairshare/contract/billing.js';
import type { z } from 'zod';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';
import { SecondPerson } from '../ui/second-person';

export interface IssuerChoice {
  readonly collaborationId: string;
  readonly settings: z.infer<typeof IssuerSettingsSchema>['issuer'] | undefined;
}

/** Where schools pay, the VAT number, and in how many days: what stands on every invoice from now on. */
@Component({
  selector: 'fs-issuer-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-issuer">Bank details</h2>
      <p>{{ choice.settings?.name ?? 'The lead school' }} issues the invoices. Issued ones keep what stood on them.</p>
      <fs-problem [error]="error()" />
      <fs-field label="Name on the account" [error]="error()?.messageFor('accountName')">
        <input fsControl class="fs-input" cdkFocusInitial maxlength="100" autocomplete="off" [value]="accountName()" (input)="accountName.set($any($event.target).value)" />
      </fs-field>
      <div class="fs-grid">
        <fs-field label="Sort code" hint="Six digits, such as 30-00-00." [error]="error()?.messageFor('sortCode')">
          <input fsControl class="fs-input" inputmode="numeric" maxlength="8" autocomplete="off" [value]="sortCode()" (input)="sortCode.set($any($event.target).value)" />
        </fs-field>
        <fs-field label="Account number" hint="Eight digits." [error]="error()?.messageFor('accountNumber')">
          <input fsControl class="fs-input" inputmode="numeric" maxlength="8" autocomplete="off" [value]="accountNumber()" (input)="accountNumber.set($any($event.target).value)" />
        </fs-field>
        <fs-field label="VAT number" [optional]="true" hint="Leave it empty when the school is not registered for VAT." [error]="error()?.messageFor('vatNumber')">
          <input fsControl class="fs-input" maxlength="14" autocomplete="off" [value]="vatNumber()" (input)="vatNumber.set($any($event.target).value)" />
        </fs-field>
        <fs-field label="Days to pay" [error]="error()?.messageFor('paymentDays')">
          <input fsControl class="fs-input" type="number" min="0" max="180" [value]="paymentDays()" (input)="paymentDays.set($any($event.target).valueAsNumber)" />
        </fs-field>
      </div>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="busy()">Save</button>
      </div>
    </form>
  `,
})
export class IssuerDialog {
  readonly #api = inject(ApiClient);
  readonly #second = inject(SecondPerson);
  protected readonly choice = inject<IssuerChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly accountName = signal(this.choice.settings?.accountName ?? '');
  protected readonly sortCode = signal((this.choice.settings?.sortCode ?? '').replace(/(\d\d)(\d\d)(\d\d)/, '$1-$2-$3'));
  protected readonly accountNumber = signal(this.choice.settings?.accountNumber ?? '');
  protected readonly vatNumber = signal(this.choice.settings?.vatNumber ?? '');
  protected readonly paymentDays = signal(this.choice.settings?.paymentDays ?? 30);
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected async save(): Promise<void> {
    await this.#attempt.run(async () => {
      const body = {
        accountName: this.accountName(), sortCode: this.sortCode(), accountNumber: this.accountNumber(),
        vatNumber: this.vatNumber().replace(/\s/g, '') || null, paymentDays: this.paymentDays(),
      };
      const answer = await this.#api.put(`/api/collaborations/${this.choice.collaborationId}/invoice-issuer`, body, doneOrAsked(IssuerSettingsSchema));
      this.ref.close(this.#second.done(answer) !== undefined);
    });
  }
}
