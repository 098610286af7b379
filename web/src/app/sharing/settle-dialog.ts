import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { doneOrAsked } from '@fairshare/contract/approvals.js';
import { SettleEstimateSchema } from '@fairshare/contract/charges-due.js';
import { ChargeSchema, type Charge } from '@fairshare/contract/sharing.js';
import { Saving } from '../ui/saving';
import { SecondPerson } from '../ui/second-person';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { formatMoney } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { penceOf } from './charge-words';

/** What an estimated expense really came to. Closes with true when it was entered. */
@Component({
  selector: 'fs-settle-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-settle">The actual sum</h2>
      <p>{{ choice.charge.description }} was estimated at {{ money(choice.charge.netPence) }}. The difference is charged or given back along the shares of the estimate.</p>
      <fs-problem [error]="saving.problem()" />
      <fs-field label="It came to, £" [hint]="difference()" [error]="saving.errorFor('actualPence')">
        <input fsControl class="fs-input" inputmode="decimal" autocomplete="off" cdkFocusInitial [value]="pounds()" (input)="pounds.set($any($event.target).value)" />
      </fs-field>
      <fs-field label="What shows it" hint="Such as “Claim form of October”." [error]="saving.errorFor('reason')">
        <input fsControl class="fs-input" maxlength="400" autocomplete="off" [value]="reason()" (input)="reason.set($any($event.target).value)" />
      </fs-field>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Enter it</button>
      </div>
    </form>
  `,
})
export class SettleDialog {
  readonly #api = inject(ApiClient);
  readonly #second = inject(SecondPerson);
  protected readonly choice = inject<{ collaborationId: string; charge: Charge }>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly money = formatMoney;
  protected readonly pounds = signal((this.choice.charge.netPence / 100).toFixed(2));
  protected readonly reason = signal('');
  protected readonly difference = computed(() => {
    const pence = penceOf(this.pounds());
    if (pence === undefined) return 'Write an amount such as 120.50.';
    const more = pence - this.choice.charge.netPence;
    if (more === 0) return 'As it was estimated; nothing more is charged.';
    return more < 0 ? `${formatMoney(-more)} is given back.` : `${formatMoney(more)} more is charged.`;
  });

  protected async save(): Promise<void> {
    const pence = penceOf(this.pounds());
    const body = { actualPence: pence, reason: this.reason() };
    if (!this.saving.check(SettleEstimateSchema, body, pence === undefined ? { actualPence: 'Write an amount such as 120.50.' } : {})) return;
    const at = `/api/collaborations/${this.choice.collaborationId}/charges/${this.choice.charge.id}/actual`;
    const answer = await this.saving.send(() => this.#api.post(at, body, doneOrAsked(ChargeSchema)));
    if (answer) this.ref.close(this.#second.done(answer) !== undefined);
  }
}
