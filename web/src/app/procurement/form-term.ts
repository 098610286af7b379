import { ChangeDetectionStrategy, Component, computed, input, model } from '@angular/core';
import { isDateOnly } from '@fairshare/domain/kernel/period.js';
import { triggerDate } from '@fairshare/domain/procurement/index.js';
import { DateField } from '../ui/date-field';
import { DayPipe } from '../ui/day';
import { Field, FieldControl } from '../ui/field';
import type { AgreementDraft } from './agreement-draft';
import type { Faults } from './rule-draft';

/** How long it runs, and when somebody has to begin to replace it. */
@Component({
  selector: 'fs-form-term',
  imports: [DateField, DayPipe, Field, FieldControl],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-stack">
      <fs-date label="First day" [value]="draft().startsOn" (valueChange)="change({ startsOn: $event })" [error]="faults()['startsOn']" />
      <fs-date label="Last day" [value]="draft().endsOn" (valueChange)="change({ endsOn: $event })" [error]="faults()['endsOn']" />
      <fs-field label="Notice, in days" hint="How long before the end one side has to tell the other. Three months are 91 days." [error]="faults()['noticeDays']">
        <input fsControl class="fs-input" inputmode="numeric" [value]="draft().noticeDays" (input)="change({ noticeDays: $any($event.target).value })" />
      </fs-field>
      <fs-field label="Lead time, in days" hint="How long it takes to ask for quotes and to decide. Eight weeks are 56 days." [error]="faults()['leadTimeDays']">
        <input fsControl class="fs-input" inputmode="numeric" [value]="draft().leadTimeDays" (input)="change({ leadTimeDays: $any($event.target).value })" />
      </fs-field>
      @if (trigger(); as date) {
        <p role="status">Replacement has to begin on <strong>{{ date | day }}</strong>. The register reminds you.</p>
      }
    </div>
  `,
})
export class FormTerm {
  readonly draft = model.required<AgreementDraft>();
  readonly faults = input<Faults>({});
  protected readonly trigger = computed(() => {
    const { endsOn, noticeDays, leadTimeDays } = this.draft();
    const days = [Number(noticeDays), Number(leadTimeDays)] as const;
    const known = isDateOnly(endsOn) && days.every((each) => Number.isInteger(each) && each >= 0 && each <= 1100);
    return known ? triggerDate({ endsOn, noticeDays: days[0], leadTimeDays: days[1] }) : undefined;
  });

  protected change(change: Partial<AgreementDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...change }));
  }
}
