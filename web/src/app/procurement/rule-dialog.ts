import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RuleBodySchema, RuleSchema } from '@fairshare/contract/agreements.js';
import { ApiClient } from '../ui/api-client';
import { addDays, today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import type { AgreementChoice } from './agreement-choice';
import { emptyRule, ruleBodyOf, ruleDraftOf } from './rule-draft';
import { RuleEditor } from './rule-editor';
import { Saving } from '../ui/saving';

/** Records a rule that named people agreed, or puts one right that has shared nothing yet. */
@Component({
  selector: 'fs-rule-dialog',
  imports: [ProblemNotice, RuleEditor],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()">
      <h2 id="fs-rule-title">{{ choice.rule ? 'Change the rule' : 'Agree a new rule' }}</h2>
      <fs-problem [error]="saving.problem()" />
      <fs-rule-editor [(draft)]="draft" [schools]="schools" [faults]="saving.faults()" />
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Record that it is agreed</button>
      </div>
    </form>
  `,
})
export class RuleDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<AgreementChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly schools = [...new Map(this.choice.agreement.subscriptions.map((part) => [part.urn, { urn: part.urn, name: part.schoolName }])).values()];
  protected readonly draft = signal(this.#start());
  readonly #body = computed(() => ruleBodyOf(this.draft(), this.schools.map(({ urn }) => urn)));

  protected async save(): Promise<void> {
    const { body, faults } = this.#body();
    if (!this.saving.check(RuleBodySchema, body, faults)) return;
    const { rule, agreement } = this.choice;
    const at = `/api/collaborations/${this.choice.collaborationId}/agreements/${agreement.id}/rules`;
    const saved = await this.saving.send(() => (rule ? this.#api.put(`${at}/${rule.id}`, body, RuleSchema) : this.#api.post(at, body, RuleSchema)));
    if (saved) this.ref.close(true);
  }

  /** The first rule holds from the agreement's first day, a later one from tomorrow. */
  #start() {
    const { rule, agreement } = this.choice;
    if (rule) return ruleDraftOf(rule);
    const last = agreement.rules.at(-1);
    if (!last) return emptyRule(agreement.startsOn);
    return { ...ruleDraftOf(last), effectiveOn: addDays(today(), 1), agreedOn: today(), agreedBy: '' };
  }
}
