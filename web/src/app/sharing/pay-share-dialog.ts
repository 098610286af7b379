import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { FundingSchema, PayShareSchema, type FundedShare, type Funding } from '@fairshare/contract/funding.js';
import { Saving } from '../ui/saving';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { formatMoney } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { penceOf } from './charge-words';

/** Pays one share from other streams; what is typed for streams is taken from general money. */
@Component({
  selector: 'fs-pay-share-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-pay">What pays this share?</h2>
      <p>{{ choice.share.description }}: our share is {{ money(choice.share.pence) }}.</p>
      <fs-problem [error]="saving.problem()" />
      @for (budget of choice.funding.budgets; track budget.id) {
        <fs-field [label]="budget.name + ', £'" [hint]="money(budget.leftPence) + ' is left besides'" [error]="saving.errorFor('amount.' + budget.id)">
          <input fsControl class="fs-input" inputmode="decimal" autocomplete="off" [value]="amounts()[budget.id] ?? ''" (input)="set(budget.id, $any($event.target).value)" />
        </fs-field>
      }
      <p role="status">{{ rest() }}</p>
      @if (choice.share.isInvoiced) {
        <fs-field label="Why" hint="The share is on an invoice already: this is a journal of your school." [error]="saving.errorFor('reason')">
          <input fsControl class="fs-input" maxlength="500" autocomplete="off" [value]="reason()" (input)="reason.set($any($event.target).value)" />
        </fs-field>
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Save</button>
      </div>
    </form>
  `,
})
export class PayShareDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<{ at: string; funding: Funding; share: FundedShare }>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly money = formatMoney;
  protected readonly reason = signal('');
  protected readonly amounts = signal<Readonly<Record<string, string>>>(Object.fromEntries(this.choice.share.parts.flatMap(({ budgetId, pence }) => (budgetId ? [[budgetId, (pence / 100).toFixed(2)]] : []))));
  readonly #generalPence = computed(() => this.choice.share.pence - Object.values(this.amounts()).reduce((sum, amount) => sum + (amount.trim() === '' ? 0 : (penceOf(amount) ?? 0)), 0));
  protected readonly rest = computed(() => (this.#generalPence() * this.choice.share.pence < 0 ? `That is ${formatMoney(Math.abs(this.#generalPence()))} more than the share.` : `${formatMoney(this.#generalPence())} from general money.`));

  protected set(budgetId: string, amount: string): void {
    this.amounts.update((amounts) => ({ ...amounts, [budgetId]: amount }));
  }

  protected async save(): Promise<void> {
    const typed = Object.entries(this.amounts()).filter(([, amount]) => amount.trim() !== '').map(([budgetId, amount]) => ({ budgetId, pence: penceOf(amount) }));
    const wrong = typed.filter(({ pence }) => pence === undefined).map(({ budgetId }) => [`amount.${budgetId}`, 'Write an amount such as 120.50.'] as const);
    const own = this.choice.share.isInvoiced && this.reason().trim() === '' ? [['reason', 'Say why it changes.'] as const] : [];
    const parts = [...typed, { budgetId: null, pence: this.#generalPence() }].filter(({ pence }) => pence !== 0);
    const body = { parts, reason: this.reason() };
    if (!this.saving.check(PayShareSchema, body, Object.fromEntries([...wrong, ...own]))) return;
    if (await this.saving.send(() => this.#api.put(`${this.choice.at}/shares/${this.choice.share.shareId}`, body, FundingSchema))) this.ref.close(true);
  }
}
