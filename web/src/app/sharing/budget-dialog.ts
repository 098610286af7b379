import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FundingSchema, SaveBudgetSchema, type FundingBudget } from '@fairshare/contract/funding.js';
import type { FundingKind } from '@fairshare/domain/sharing/index.js';
import { Saving } from '../ui/saving';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';
import { penceOf } from './charge-words';
import { fundingKinds } from './funding-words';

/** Money of the school's own financial year: what kind it is and how much there is. */
@Component({
  selector: 'fs-budget-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-budget">{{ choice.budget ? 'Change ' + choice.budget.name : 'Add a budget' }}</h2>
      <fs-problem [error]="saving.problem()" />
      <fs-field label="What money it is" [hint]="hint()">
        <select fsControl class="fs-select" cdkFocusInitial (change)="kind.set($any($event.target).value)">
          @for (one of kinds; track one[0]) { <option [value]="one[0]" [selected]="one[0] === kind()">{{ one[1] }}</option> }
        </select>
      </fs-field>
      <fs-field label="Name" hint="Rules go by it, also next year." [error]="saving.errorFor('name')">
        <input fsControl class="fs-input" maxlength="100" autocomplete="off" [value]="name()" (input)="name.set($any($event.target).value)" />
      </fs-field>
      <fs-field label="What it may be spent on" [optional]="kind() !== 'grant'" [error]="saving.errorFor('conditions')">
        <textarea fsControl class="fs-textarea" maxlength="500" [value]="conditions()" (input)="conditions.set($any($event.target).value)"></textarea>
      </fs-field>
      <fs-field label="How much there is, £" [error]="saving.errorFor('pence')">
        <input fsControl class="fs-input" inputmode="decimal" autocomplete="off" [value]="amount()" (input)="amount.set($any($event.target).value)" />
      </fs-field>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Save</button>
      </div>
    </form>
  `,
})
export class BudgetDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<{ at: string; on: string; budget: FundingBudget | null }>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly kinds = fundingKinds;
  protected readonly kind = signal<FundingKind>(this.choice.budget?.kind ?? 'pupil-premium');
  protected readonly name = signal(this.choice.budget?.name ?? '');
  protected readonly conditions = signal(this.choice.budget?.conditions ?? '');
  protected readonly amount = signal(this.choice.budget ? (this.choice.budget.pence / 100).toFixed(2) : '');

  protected hint(): string {
    if (this.kind() === 'notional-sen') return 'A label for reporting, not a ring-fence: it may go over.';
    return this.kind() === 'general' ? 'Free money: it may go over.' : 'Restricted: it pays only our own shares and never goes below nothing.';
  }

  protected async save(): Promise<void> {
    const pence = penceOf(this.amount());
    const name = this.name().trim() || (fundingKinds.find(([kind]) => kind === this.kind())?.[1] ?? '');
    const body = { id: this.choice.budget?.id ?? null, on: this.choice.on, kind: this.kind(), name, conditions: this.conditions().trim() || null, pence };
    if (!this.saving.check(SaveBudgetSchema, body, pence === undefined ? { pence: 'Write an amount such as 12,500.' } : {})) return;
    if (await this.saving.send(() => this.#api.put(`${this.choice.at}/budgets`, body, FundingSchema))) this.ref.close(true);
  }
}
