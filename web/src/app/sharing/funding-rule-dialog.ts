import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FundingSchema, SaveFundingRuleSchema, type Funding } from '@fairshare/contract/funding.js';
import { Saving } from '../ui/saving';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';

/** Which streams pay the shares of a service, by weight. */
@Component({
  selector: 'fs-funding-rule-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-rule">What pays which service</h2>
      <p>It counts for shares that are made from now on. What a restricted stream has no longer, general money pays.</p>
      <fs-problem [error]="saving.problem()" />
      <fs-field label="Service">
        <select fsControl class="fs-select" cdkFocusInitial (change)="choose($any($event.target).value)">
          <option value="" [selected]="serviceId() === ''">Every service without a rule of its own</option>
          @for (service of choice.funding.services; track service.id) { <option [value]="service.id" [selected]="serviceId() === service.id">{{ service.name }}</option> }
        </select>
      </fs-field>
      <fieldset class="fs-stack">
        <legend>Parts of each share (50 and 50 is half and half)</legend>
        @for (budget of choice.funding.budgets; track budget.id) {
          <fs-field [label]="budget.name" [error]="saving.errorFor('weights.' + budget.name)">
            <input fsControl class="fs-input" inputmode="decimal" autocomplete="off" [value]="weights()[budget.name] ?? ''" (input)="weigh(budget.name, $any($event.target).value)" />
          </fs-field>
        }
        @if (saving.errorFor('parts')) { <p role="alert">{{ saving.errorFor('parts') }}</p> }
      </fieldset>
      <p class="fs-quiet">Leave all empty to pay from general money.</p>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Save</button>
      </div>
    </form>
  `,
  styles: 'fieldset { border: 0; padding: 0; margin: 0; } legend { font-weight: 550; margin-bottom: 8px; }',
})
export class FundingRuleDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<{ at: string; on: string; funding: Funding }>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly serviceId = signal('');
  protected readonly weights = signal<Readonly<Record<string, string>>>(this.#weightsOf(''));

  protected choose(serviceId: string): void {
    this.serviceId.set(serviceId);
    this.weights.set(this.#weightsOf(serviceId));
  }

  protected weigh(name: string, weight: string): void {
    this.weights.update((weights) => ({ ...weights, [name]: weight }));
  }

  protected async save(): Promise<void> {
    const wanted = Object.entries(this.weights()).map(([name, weight]) => ({ name, weight: weight.trim() }));
    const parts = wanted.filter(({ weight }) => weight !== '' && weight !== '0');
    const wrong = parts.filter(({ weight }) => !/^\d{1,6}(\.\d{1,3})?$/.test(weight)).map(({ name }) => [`weights.${name}`, 'Write a number such as 50.'] as const);
    const body = { serviceId: this.serviceId() || null, on: this.choice.on, parts };
    if (!this.saving.check(SaveFundingRuleSchema, body, Object.fromEntries(wrong))) return;
    if (await this.saving.send(() => this.#api.put(`${this.choice.at}/rules`, body, FundingSchema))) this.ref.close(true);
  }

  #weightsOf(serviceId: string): Record<string, string> {
    const rule = this.choice.funding.rules.find((one) => (one.serviceId ?? '') === serviceId);
    return Object.fromEntries(this.choice.funding.budgets.map(({ name }) => [name, rule?.parts.find((part) => part.name === name)?.weight ?? '']));
  }
}
