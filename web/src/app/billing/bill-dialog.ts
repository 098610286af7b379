import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { doneOrAsked } from '@fairshare/contract/approvals.js';
import { NewSupplierBillSchema, SupplierBillSchema } from '@fairshare/contract/billing.js';
import { SupplierListSchema } from '@fairshare/contract/procurement.js';
import { ApiClient, read } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { addDays, today } from '../ui/london';
import { formatMoney } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { Saving } from '../ui/saving';
import { SecondPerson } from '../ui/second-person';
import { signedPence } from './billing-words';

interface TypedLine {
  readonly description: string;
  readonly amount: string;
}

const emptyLine: TypedLine = { description: '', amount: '' };

/** A supplier's bill as it lies on the desk, line by line. Closes with a sentence about what was done. */
@Component({
  selector: 'fs-bill-dialog',
  imports: [DateField, Field, FieldControl, Icon, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-bill">Record a bill</h2>
      <p>As the supplier wrote it. Afterwards you say of each line which charge passes it on to the schools.</p>
      <fs-problem [error]="saving.problem()" />
      <div class="pair">
        <fs-field label="Supplier" [error]="saving.errorFor('supplierId')">
          <select fsControl class="fs-select" cdkFocusInitial (change)="supplierId.set($any($event.target).value)">
            <option value="">Choose …</option>
            @if (suppliers.hasValue()) {
              @for (supplier of suppliers.value().items; track supplier.id) {
                <option [value]="supplier.id" [selected]="supplier.id === supplierId()">{{ supplier.name }}</option>
              }
            }
          </select>
        </fs-field>
        <fs-field label="Number on the bill" [error]="saving.errorFor('number')">
          <input fsControl class="fs-input" maxlength="60" autocomplete="off" [value]="number()" (input)="number.set($any($event.target).value)" />
        </fs-field>
        <fs-date label="Billed on" [(value)]="billedOn" [error]="saving.errorFor('billedOn')" />
        <fs-date label="Due on" [(value)]="dueOn" [error]="saving.errorFor('dueOn')" />
      </div>
      @for (line of lines(); track $index; let i = $index) {
        <fieldset class="line">
          <legend class="fs-hidden">Line {{ i + 1 }}</legend>
          <fs-field [label]="'Line ' + (i + 1) + ': what for'" [error]="saving.errorFor('lines.' + i + '.description')">
            <input fsControl class="fs-input" maxlength="300" autocomplete="off" [value]="line.description" (input)="change(i, { description: $any($event.target).value })" />
          </fs-field>
          <fs-field label="Amount, £" [error]="saving.errorFor('lines.' + i + '.pence')">
            <input fsControl class="fs-input" inputmode="decimal" autocomplete="off" [value]="line.amount" (input)="change(i, { amount: $any($event.target).value })" />
          </fs-field>
        </fieldset>
      }
      <div class="fs-spread">
        <button type="button" class="fs-button small" (click)="add()"><fs-icon name="plus" />Another line</button>
        <p aria-live="polite">In all <strong class="fs-number">{{ total() }}</strong></p>
      </div>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Record it</button>
      </div>
    </form>
  `,
  styles: `
    .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr)); gap: 16px; }
    .line { display: grid; grid-template-columns: minmax(0, 1fr) 140px; gap: 8px 16px; margin: 0; padding: 0; border: 0; }
    @media (max-width: 480px) { .line { grid-template-columns: minmax(0, 1fr); } }
  `,
})
export class BillDialog {
  readonly #api = inject(ApiClient);
  readonly #second = inject(SecondPerson);
  readonly #at = `/api/collaborations/${inject<{ collaborationId: string }>(DIALOG_DATA).collaborationId}`;
  protected readonly ref = inject<DialogRef<string>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly suppliers = read(() => `${this.#at}/suppliers?size=200`, SupplierListSchema);
  protected readonly supplierId = signal('');
  protected readonly number = signal('');
  protected readonly billedOn = signal<string>(today());
  protected readonly dueOn = signal<string>(addDays(today(), 30));
  protected readonly lines = signal<readonly TypedLine[]>([emptyLine]);
  protected readonly total = computed(() => formatMoney(this.lines().reduce((sum, { amount }) => sum + (signedPence(amount) ?? 0), 0)));

  protected change(at: number, part: Partial<TypedLine>): void {
    this.lines.update((lines) => lines.map((line, i) => (i === at ? { ...line, ...part } : line)));
  }

  protected add(): void {
    this.lines.update((lines) => [...lines, emptyLine]);
  }

  protected async save(): Promise<void> {
    const lines = this.lines().map(({ description, amount }) => ({ description, pence: signedPence(amount) }));
    const body = { supplierId: this.supplierId(), number: this.number(), billedOn: this.billedOn(), ...(this.dueOn() ? { dueOn: this.dueOn() } : {}), lines };
    const own = Object.fromEntries([
      ...(this.supplierId() ? [] : [['supplierId', 'Choose the supplier.']]),
      ...lines.flatMap(({ pence }, i) => (pence === undefined ? [[`lines.${i}.pence`, 'Write an amount such as 120.50.']] : [])),
    ]) as Record<string, string>;
    if (!this.saving.check(NewSupplierBillSchema, body, own)) return;
    const answer = await this.saving.send(() => this.#api.post(`${this.#at}/supplier-bills`, body, doneOrAsked(SupplierBillSchema)));
    if (!answer) return;
    const bill = this.#second.done(answer);
    this.ref.close(bill ? `Bill ${bill.number} recorded` : undefined);
  }
}
