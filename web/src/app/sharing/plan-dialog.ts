import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { AgreementListSchema } from '@fairshare/contract/agreements.js';
import { ChargePlanBodySchema, ChargePlanSchema } from '@fairshare/contract/charges-due.js';
import { planInWords, planKinds, type PlanKind } from '@fairshare/domain/sharing/index.js';
import { Saving } from '../ui/saving';
import { ApiClient, read } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';
import { planKindNames } from './charge-words';
import { emptyPlan, planBodyOf, type PlanDraft } from './plan-draft';

const withInstalments: readonly PlanKind[] = ['on-account', 'shared-post'];
const withPounds: Partial<Record<PlanKind, string>> = {
  'administration-fee': 'Or a sum each time, £', 'group-contract': 'Price for one and all the days, £', 'on-account': 'Contributions in all, £', 'shared-post': 'Salary at full time for a year, £',
};

/** A standing instruction to charge; what it says is shown in sentences before it is agreed. Closes with true when it was made. */
@Component({
  selector: 'fs-plan-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './plan-dialog.html',
  styles: `.words { padding: 12px 16px; background: var(--fs-surface-sunk); border-radius: var(--fs-radius); } .words:empty { display: none; }`,
})
export class PlanDialog {
  readonly #api = inject(ApiClient);
  readonly #collaborationId = inject<{ collaborationId: string }>(DIALOG_DATA).collaborationId;
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly kinds = planKinds;
  protected readonly kindNames = planKindNames;
  protected readonly agreements = read(() => `/api/collaborations/${this.#collaborationId}/agreements?size=200`, AgreementListSchema);
  protected readonly draft = signal<PlanDraft>(emptyPlan());
  protected readonly kind = computed(() => this.draft().kind);
  protected readonly poundsLabel = computed(() => withPounds[this.kind()]);
  protected readonly hasInstalments = computed(() => withInstalments.includes(this.kind()));
  protected readonly needsAgreement = computed(() => this.kind() !== 'administration-fee' && this.kind() !== 'on-account');
  /** What was typed so far in sentences; nothing while it is not complete. */
  protected readonly words = computed(() => {
    const { body, faults } = planBodyOf(this.draft());
    const parsed = ChargePlanBodySchema.safeParse({ ...body, name: body.name || 'Plan', agreementId: body.agreementId ?? '01a205f1-6f18-7473-8535-15cc79058321' });
    if (!parsed.success || Object.keys(faults).length > 0) return [];
    try {
      return planInWords(parsed.data.terms);
    } catch {
      return [];
    }
  });

  protected change(change: Partial<PlanDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...change }));
  }

  protected async save(): Promise<void> {
    const { body, faults } = planBodyOf(this.draft());
    if (!this.saving.check(ChargePlanBodySchema, body, faults)) return;
    if (await this.saving.send(() => this.#api.post(`/api/collaborations/${this.#collaborationId}/charge-plans`, body, ChargePlanSchema))) this.ref.close(true);
  }
}
