import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { doneOrAsked } from '@fairshare/contract/approvals.js';
import { CreditNoteSchema, PaymentSchema, type Invoice } from '@fairshare/contract/billing.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { today } from '../ui/london';
import { formatMoney } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { SecondPerson } from '../ui/second-person';
import { typedPence } from './billing-words';

export interface MoneyChoice {
  readonly what: 'payment' | 'credit';
  readonly collaborationId: string;
  readonly invoice: Invoice;
}

/** A payment that came, or a part of the invoice that is taken back. Closes with a sentence about what was done. */
@Component({
  selector: 'fs-money-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-money">{{ isCredit ? 'Credit' : 'Record a payment for' }} {{ choice.invoice.number }}</h2>
      <p>{{ isCredit ? 'A credit note takes the amount back over what is left of each line. The collaboration carries it.' : 'A bank transfer that you saw. What is more than is due is held as the school’s credit.' }}</p>
      <fs-problem [error]="error()" />
      <fs-field label="Amount" [hint]="'Up to ' + formatMoney(most) + (isCredit ? ' is left to credit.' : ' is left to pay.')" [error]="wrong() || error()?.messageFor('pence')">
        <input fsControl class="fs-input" cdkFocusInitial inputmode="decimal" autocomplete="off" [value]="amount()" (input)="amount.set($any($event.target).value)" />
      </fs-field>
      @if (isCredit) {
        <fs-field label="Why" hint="It stands on the credit note." [error]="error()?.messageFor('reason')">
          <textarea fsControl class="fs-textarea" maxlength="500" [value]="reason()" (input)="reason.set($any($event.target).value)"></textarea>
        </fs-field>
      } @else {
        <fs-date label="Paid on" [latest]="today" [(value)]="paidOn" />
        <fs-field label="Reference" [optional]="true" [error]="error()?.messageFor('reference')">
          <input fsControl class="fs-input" maxlength="200" autocomplete="off" [value]="reason()" (input)="reason.set($any($event.target).value)" />
        </fs-field>
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="busy()">{{ isCredit ? 'Issue the credit note' : 'Record the payment' }}</button>
      </div>
    </form>
  `,
})
export class MoneyDialog {
  readonly #api = inject(ApiClient);
  readonly #second = inject(SecondPerson);
  protected readonly choice = inject<MoneyChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<string>>(DialogRef);
  protected readonly isCredit = this.choice.what === 'credit';
  protected readonly most = this.isCredit ? this.choice.invoice.grossPence - this.choice.invoice.creditedPence : this.choice.invoice.outstandingPence;
  protected readonly formatMoney = formatMoney;
  protected readonly today = today();
  protected readonly amount = signal((this.most / 100).toFixed(2));
  protected readonly reason = signal('');
  protected readonly paidOn = signal<string>(today());
  protected readonly wrong = signal('');
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected async save(): Promise<void> {
    const pence = typedPence(this.amount());
    this.wrong.set(pence === undefined ? 'Write an amount such as 120.50.' : '');
    if (pence === undefined || this.busy()) return;
    await this.#attempt.run(async () => {
      this.ref.close(await this.#send(pence));
    });
  }

  async #send(pence: number): Promise<string | undefined> {
    const at = `/api/collaborations/${this.choice.collaborationId}/invoices/${this.choice.invoice.id}`;
    if (this.isCredit) {
      const note = this.#second.done(await this.#api.post(`${at}/credit-notes`, { reason: this.reason(), pence }, doneOrAsked(CreditNoteSchema)));
      return note && `Credit note ${note.number} issued, ${formatMoney(note.grossPence)}`;
    }
    const payment = await this.#api.post(`${at}/payments`, { pence, paidOn: this.paidOn(), reference: this.reason() }, PaymentSchema);
    const held = payment.pence - payment.allocatedPence;
    return held > 0 ? `Payment recorded; ${formatMoney(held)} is held as credit` : 'Payment recorded';
  }
}
