import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { ChooseCostCodeSchema, CostCodesSchema, type ChooseCostCode, type CostCodes } from '@fairshare/contract/books.js';
import { Saving } from '../ui/saving';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';

interface CodeQuestion {
  readonly collaborationId: string;
  readonly service: CostCodes['items'][number];
  readonly schoolKind: ChooseCostCode['schoolKind'];
}

/** Another code for a service, or back to the proposal. */
@Component({
  selector: 'fs-cost-code-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save(false)" novalidate>
      <h2 id="fs-code">{{ choice.service.serviceName }}, {{ choice.schoolKind === 'academy' ? 'academies' : 'maintained schools' }}</h2>
      <fs-problem [error]="saving.problem()" />
      <fs-field label="Code" [hint]="choice.schoolKind === 'academy' ? 'The accounts return goes by names.' : 'Such as E27 or E28a.'" [error]="saving.errorFor('choice.code')">
        <input fsControl class="fs-input" cdkFocusInitial maxlength="40" autocomplete="off" [value]="code()" (input)="code.set($any($event.target).value)" />
      </fs-field>
      <fs-field label="Name" [error]="saving.errorFor('choice.name')">
        <input fsControl class="fs-input" maxlength="100" autocomplete="off" [value]="name()" (input)="name.set($any($event.target).value)" />
      </fs-field>
      <div class="fs-dialog-actions">
        @if (now.isChosen) { <button type="button" class="fs-button quiet" [attr.aria-disabled]="saving.busy()" (click)="save(true)">Back to the proposal</button> }
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Save</button>
      </div>
    </form>
  `,
})
export class CostCodeDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<CodeQuestion>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly now = this.choice.service[this.choice.schoolKind];
  protected readonly code = signal(this.now.code);
  protected readonly name = signal(this.now.name);

  protected async save(isProposal: boolean): Promise<void> {
    const body = { serviceId: this.choice.service.serviceId, schoolKind: this.choice.schoolKind, choice: isProposal ? null : { code: this.code(), name: this.name() } };
    if (!this.saving.check(ChooseCostCodeSchema, body)) return;
    if (await this.saving.send(() => this.#api.put(`/api/collaborations/${this.choice.collaborationId}/cost-codes`, body, CostCodesSchema))) this.ref.close(true);
  }
}
