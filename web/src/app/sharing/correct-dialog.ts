import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { doneOrAsked } from '@fairshare/contract/approvals.js';
import { CorrectChargeSchema, CorrectedSchema, type Charge, type CorrectCharge } from '@fairshare/contract/sharing.js';
import { Saving } from '../ui/saving';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { formatMoney } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { SecondPerson } from '../ui/second-person';
import { penceOf } from './charge-words';

/** What a charge should have been. The first one stays; the difference becomes a new charge that names it. */
@Component({
  selector: 'fs-correct-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-correct">Correct this charge</h2>
      <p>{{ choice.charge.description }} stands at {{ money(choice.charge.netPence) }}. It stays as it is; the difference becomes a new charge that names this one.</p>
      <fs-problem [error]="saving.problem()" />
      <fs-field label="It should have been, £" [hint]="difference()" [error]="saving.errorFor('shouldBePence')">
        <input fsControl class="fs-input" inputmode="decimal" autocomplete="off" cdkFocusInitial [value]="pounds()" (input)="pounds.set($any($event.target).value)" />
      </fs-field>
      <fs-field label="Why" [error]="saving.errorFor('reason')">
        <input fsControl class="fs-input" maxlength="500" autocomplete="off" [value]="reason()" (input)="reason.set($any($event.target).value)" />
      </fs-field>
      @if (choice.charge.shared) { <fs-field label="How it is shared" hint="“Again” takes all of it back and shares it anew by the rule and numbers in force.">
        <select fsControl class="fs-select" (change)="divide.set($any($event.target).value)">
          <option value="as-charged" [selected]="divide() === 'as-charged'">As it was charged</option>
          <option value="again" [selected]="divide() === 'again'">Again</option>
        </select>
      </fs-field> }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Correct it</button>
      </div>
    </form>
  `,
})
export class CorrectDialog {
  readonly #api = inject(ApiClient);
  readonly #second = inject(SecondPerson);
  protected readonly choice = inject<{ collaborationId: string; charge: Charge }>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly money = formatMoney;
  /** What could not be shared can only be taken back whole. */
  protected readonly pounds = signal(this.choice.charge.shared ? (this.choice.charge.netPence / 100).toFixed(2) : '0.00');
  protected readonly reason = signal('');
  protected readonly divide = signal<CorrectCharge['divide']>('as-charged');
  protected readonly difference = computed(() => {
    const pence = penceOf(this.pounds());
    if (pence === undefined) return 'Write 0 to take all of it back.';
    const more = pence - this.choice.charge.netPence;
    if (more === 0) return 'That is what it stands at.';
    return more < 0 ? `${formatMoney(-more)} is given back.` : `${formatMoney(more)} more is charged.`;
  });

  protected async save(): Promise<void> {
    const pence = penceOf(this.pounds());
    const body = { shouldBePence: pence, reason: this.reason(), divide: this.divide() };
    if (!this.saving.check(CorrectChargeSchema, body, pence === undefined ? { shouldBePence: 'Write an amount such as 120.50.' } : {})) return;
    const at = `/api/collaborations/${this.choice.collaborationId}/charges/${this.choice.charge.id}/corrections`;
    const answer = await this.saving.send(() => this.#api.post(at, body, doneOrAsked(CorrectedSchema)));
    if (answer) this.ref.close(this.#second.done(answer) !== undefined);
  }
}
