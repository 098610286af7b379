import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { doneOrAsked } from '@fairshare/contract/approvals.js';
import { AgreementListSchema } from '@fairshare/contract/agreements.js';
import { ChargeSchema, MakeChargeSchema, type MakeCharge } from '@fairshare/contract/sharing.js';
import { DomainError } from '@fairshare/domain/kernel/domain-error.js';
import { mileagePence } from '@fairshare/domain/sharing/index.js';
import { Saving } from '../ui/saving';
import { ApiClient, read } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { SecondPerson } from '../ui/second-person';
import { kindNames, penceOf } from './charge-words';

const kinds: readonly MakeCharge['kind'][] = ['expense', 'adjustment', 'minimum-commitment', 'discount'];

/** An expense such as mileage, or an adjustment. Closes with the charge that was made. */
@Component({
  selector: 'fs-expense-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-expense">Add an expense</h2>
      <p>It is shared at once. A charge is never changed afterwards; a mistake is put right by a correction.</p>
      <fs-problem [error]="saving.problem()" />
      <fs-field label="What it is" [error]="saving.errorFor('kind')">
        <select fsControl class="fs-select" (change)="kind.set($any($event.target).value)">
          @for (each of kinds; track each) {
            <option [value]="each" [selected]="each === kind()">{{ kindNames[each] }}</option>
          }
        </select>
      </fs-field>
      <fs-field label="What for" [error]="saving.errorFor('description')">
        <input fsControl class="fs-input" maxlength="500" autocomplete="off" cdkFocusInitial [value]="description()" (input)="description.set($any($event.target).value)" />
      </fs-field>
      @if (kind() === 'expense') {
        <div class="dates">
          <fs-field label="Miles" [optional]="true" hint="Of a journey; the amount follows." [error]="saving.errorFor('mileage.miles')">
            <input fsControl class="fs-input" inputmode="decimal" autocomplete="off" [value]="miles()" (input)="miles.set($any($event.target).value); drive()" />
          </fs-field>
          <fs-field label="Pence a mile" [error]="saving.errorFor('mileage.pencePerMile')">
            <input fsControl class="fs-input" inputmode="decimal" autocomplete="off" [value]="rate()" (input)="rate.set($any($event.target).value); drive()" />
          </fs-field>
        </div>
      }
      <fs-field label="Amount, £" hint="A minus sign gives money back." [error]="saving.errorFor('pence')">
        <input fsControl class="fs-input" inputmode="decimal" autocomplete="off" [value]="pounds()" (input)="pounds.set($any($event.target).value)" />
      </fs-field>
      @if (kind() === 'expense') {
        <label class="fs-check"><input type="checkbox" [checked]="estimated()" (change)="estimated.set($any($event.target).checked)" /><span>It is an estimate; the actual sum comes later</span></label>
      }
      <fs-field label="Shared by" hint="An agreement’s own rule, or all members equally." [error]="saving.errorFor('agreementId')">
        <select fsControl class="fs-select" (change)="agreementId.set($any($event.target).value)">
          <option value="">All members equally</option>
          @if (agreements.hasValue()) {
            @for (agreement of agreements.value().items; track agreement.id) {
              <option [value]="agreement.id" [selected]="agreement.id === agreementId()">{{ agreement.name }}</option>
            }
          }
        </select>
      </fs-field>
      <div class="dates">
        <fs-date label="First day of service" [(value)]="serviceFrom" [error]="saving.errorFor('serviceFrom')" />
        <fs-date label="Last day of service" [(value)]="serviceTo" [error]="saving.errorFor('serviceTo')" />
      </div>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Share it</button>
      </div>
    </form>
  `,
  styles: `.dates { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(180px, 100%), 1fr)); gap: 16px; }`,
})
export class ExpenseDialog {
  readonly #api = inject(ApiClient);
  readonly #second = inject(SecondPerson);
  readonly #collaborationId = inject<{ collaborationId: string }>(DIALOG_DATA).collaborationId;
  protected readonly ref = inject<DialogRef<unknown>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly kinds = kinds;
  protected readonly kindNames = kindNames;
  protected readonly agreements = read(() => `/api/collaborations/${this.#collaborationId}/agreements?size=200`, AgreementListSchema);
  protected readonly kind = signal<MakeCharge['kind']>('expense');
  protected readonly description = signal('');
  protected readonly pounds = signal('');
  protected readonly miles = signal('');
  protected readonly rate = signal('45');
  protected readonly estimated = signal(false);
  protected readonly agreementId = signal('');
  protected readonly serviceFrom = signal<string>(today());
  protected readonly serviceTo = signal<string>(today());

  /** The amount that the miles come to; while they are no number, what stands there stays. */
  protected drive(): void {
    try {
      if (this.miles().trim()) this.pounds.set((mileagePence(this.miles().trim(), this.rate().trim()) / 100).toFixed(2));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }

  protected async save(): Promise<void> {
    const body = {
      kind: this.kind(), description: this.description(), pence: penceOf(this.pounds()), serviceFrom: this.serviceFrom(), serviceTo: this.serviceTo(),
      ...(this.kind() === 'expense' && this.miles().trim() ? { mileage: { miles: this.miles().trim(), pencePerMile: this.rate().trim() } } : {}),
      ...(this.kind() === 'expense' && this.estimated() ? { estimated: true } : {}),
      ...(this.agreementId() ? { agreementId: this.agreementId() } : {}),
    };
    if (!this.saving.check(MakeChargeSchema, body, body.pence === undefined ? { pence: 'Write an amount such as 120.50.' } : {})) return;
    const answer = await this.saving.send(() => this.#api.post(`/api/collaborations/${this.#collaborationId}/charges`, body, doneOrAsked(ChargeSchema)));
    if (answer) this.ref.close(this.#second.done(answer));
  }
}
