import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { DecideDisputeSchema, DisputeSchema, type DecideDispute, type Dispute } from '@fairshare/contract/books.js';
import { Saving } from '../ui/saving';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { formatMoney } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { typedPence } from './billing-words';

type Choice = 'whole' | 'half' | 'amount' | 'rejected';

/** What the collaboration decides about a dispute, and what will be taken back. */
@Component({
  selector: 'fs-decide-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-decide">Decide about {{ choice.dispute.schoolName }}</h2>
      <p>{{ choice.dispute.description }}: {{ money(choice.dispute.leftPence) }} is disputed. “{{ choice.dispute.reason }}”</p>
      <fs-problem [error]="saving.problem()" />
      <fs-field label="The school is" [hint]="effect()">
        <select fsControl class="fs-select" cdkFocusInitial (change)="outcome.set($any($event.target).value)">
          <option value="whole" [selected]="outcome() === 'whole'">right, wholly</option>
          <option value="half" [selected]="outcome() === 'half'">right by half</option>
          <option value="amount" [selected]="outcome() === 'amount'">right by an amount</option>
          <option value="rejected" [selected]="outcome() === 'rejected'">not right</option>
        </select>
      </fs-field>
      @if (outcome() === 'amount') {
        <fs-field label="Amount, £" [error]="saving.errorFor('pence')">
          <input fsControl class="fs-input" inputmode="decimal" autocomplete="off" [value]="amount()" (input)="amount.set($any($event.target).value)" />
        </fs-field>
      }
      <fs-field label="Why" hint="It stands on the credit note." [error]="saving.errorFor('reason')">
        <textarea fsControl class="fs-textarea" maxlength="500" [value]="reason()" (input)="reason.set($any($event.target).value)"></textarea>
      </fs-field>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Decide it</button>
      </div>
    </form>
  `,
})
export class DecideDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<{ collaborationId: string; dispute: Dispute }>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<string>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly money = formatMoney;
  protected readonly outcome = signal<Choice>('whole');
  protected readonly amount = signal('');
  protected readonly reason = signal('');
  protected readonly effect = computed(() => {
    const { chargedPence, leftPence, invoiceNumber } = this.choice.dispute;
    if (this.outcome() === 'rejected') return 'Nothing is taken back; the share is due again.';
    const pence = { whole: leftPence, half: Math.ceil(chargedPence / 2), amount: typedPence(this.amount()) ?? 0 }[this.outcome() as Exclude<Choice, 'rejected'>];
    return `${formatMoney(pence)} is taken back by ${invoiceNumber ? `a credit note for ${invoiceNumber}` : 'a credit of this share'}; the collaboration carries it, and no other school pays more.`;
  });

  protected async save(): Promise<void> {
    const body = this.#body();
    const own: Readonly<Record<string, string>> = this.outcome() === 'amount' && typedPence(this.amount()) === undefined ? { pence: 'Write an amount such as 120.50.' } : {};
    if (!this.saving.check(DecideDisputeSchema, body, own)) return;
    const at = `/api/collaborations/${this.choice.collaborationId}/disputes/${this.choice.dispute.id}/decide`;
    const decided = await this.saving.send(() => this.#api.post(at, body, DisputeSchema));
    if (decided) this.ref.close(decided.upheldPence ? `Upheld: ${formatMoney(decided.upheldPence)} taken back` : 'Rejected; the share is due again');
  }

  #body(): DecideDispute {
    const reason = this.reason();
    const outcome = this.outcome();
    if (outcome === 'rejected') return { outcome, reason };
    return outcome === 'amount' ? { outcome: 'upheld-by-amount', pence: typedPence(this.amount()) ?? 0, reason } : { outcome: 'upheld', part: outcome, reason };
  }
}
