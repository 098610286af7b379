import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { CoverSchema, SupplierBillSchema, type SupplierBill } from '@fairshare/contract/billing.js';
import { ChargeListSchema } from '@fairshare/contract/sharing.js';
import { ApiClient, read } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { formatDay } from '../ui/london';
import { formatMoney } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { Saving } from '../ui/saving';
import { Skeleton } from '../ui/skeleton';
import { signedPence } from './billing-words';

interface Choice {
  readonly collaborationId: string;
  readonly bill: SupplierBill;
  readonly line: SupplierBill['lines'][number];
  readonly leftPence: number;
}

/** What becomes of a line of a supplier's bill: a charge passes it on to the schools, or the collaboration carries it. */
@Component({
  selector: 'fs-cover-dialog',
  imports: [Field, FieldControl, ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-cover">What becomes of it</h2>
      <p>{{ choice.line.description }}, bill {{ choice.bill.number }} of {{ choice.bill.supplierName }}: {{ money(choice.leftPence) }} is left.</p>
      <fs-problem [error]="saving.problem()" />
      @if (charges.hasValue()) {
        <fs-field label="Who bears it" hint="Charges of this supplier, newest first; those of the same sum before the others." [error]="saving.errorFor('chargeId')">
          <select fsControl class="fs-select" cdkFocusInitial (change)="chargeId.set($any($event.target).value)">
            <option value="">The collaboration carries it</option>
            @for (charge of offered(); track charge.id) {
              <option [value]="charge.id" [selected]="charge.id === chargeId()">{{ charge.description }}, {{ day(charge.serviceFrom) }}: {{ money(charge.pence) }}</option>
            }
          </select>
        </fs-field>
        @if (!chargeId()) {
          <fs-field label="Why" hint="It stands in the books." [error]="saving.errorFor('carriedBecause')">
            <input fsControl class="fs-input" maxlength="300" autocomplete="off" [value]="reason()" (input)="reason.set($any($event.target).value)" />
          </fs-field>
        }
        <fs-field label="Amount, £" [error]="saving.errorFor('pence')">
          <input fsControl class="fs-input" inputmode="decimal" autocomplete="off" [value]="amount()" (input)="amount.set($any($event.target).value)" />
        </fs-field>
      } @else {
        <fs-skeleton what="charges" [rows]="3" />
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="saving.busy() || !charges.hasValue()">Save</button>
      </div>
    </form>
  `,
})
export class CoverDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<Choice>(DIALOG_DATA);
  readonly #at = `/api/collaborations/${this.choice.collaborationId}`;
  protected readonly ref = inject<DialogRef<string>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly money = formatMoney;
  protected readonly day = formatDay;
  protected readonly charges = read(() => `${this.#at}/charges?size=200`, ChargeListSchema);
  protected readonly offered = computed(() => {
    const own = this.charges.hasValue() ? this.charges.value().items.filter(({ supplierName }) => supplierName === null || supplierName === this.choice.bill.supplierName) : [];
    const isEqual = ({ pence }: { readonly pence: number }) => pence === this.choice.leftPence;
    return [...own.filter(isEqual), ...own.filter((charge) => !isEqual(charge))];
  });
  protected readonly chargeId = signal('');
  protected readonly reason = signal('');
  protected readonly amount = signal((this.choice.leftPence / 100).toFixed(2));

  protected async save(): Promise<void> {
    const pence = signedPence(this.amount());
    const body = { ...(this.chargeId() ? { chargeId: this.chargeId() } : { carriedBecause: this.reason() }), pence };
    const own: Record<string, string> = {
      ...(pence === undefined ? { pence: 'Write an amount such as 120.50.' } : {}),
      ...(!this.chargeId() && !this.reason().trim() ? { carriedBecause: 'Say why the collaboration carries it.' } : {}),
    };
    if (!this.saving.check(CoverSchema, body, own)) return;
    const at = `${this.#at}/supplier-bills/${this.choice.bill.id}/lines/${this.choice.line.id}/covers`;
    if (await this.saving.send(() => this.#api.post(at, body, SupplierBillSchema))) this.ref.close(this.chargeId() ? 'Passed on to the schools by that charge' : 'Carried by the collaboration');
  }
}
