import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { AgedDebtsSchema, InvoicesSchema, MatchedSchema, SupplierBillsSchema, type BankLine } from '@fairshare/contract/billing.js';
import { Attempt } from '../ui/attempt';
import { ApiClient, read } from '../ui/api-client';
import { DayPipe } from '../ui/day';
import { Field, FieldControl } from '../ui/field';
import { MoneyPipe } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';

export interface LineChoice {
  readonly collaborationId: string;
  readonly line: BankLine;
}

/** Says by hand what a bank line is: invoices of one school, a supplier's bill, or credit that goes back to a school. */
@Component({
  selector: 'fs-match-dialog',
  imports: [DayPipe, Field, FieldControl, MoneyPipe, ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-match">What is {{ choice.line.pence | money }}?</h2>
      <p>{{ choice.line.description }}, {{ choice.line.bookedOn | day }}</p>
      <fs-problem [error]="error()" />
      @if (cameIn) {
        <fs-field label="Number or school"><input fsControl class="fs-input" type="search" cdkFocusInitial [value]="words()" (change)="words.set($any($event.target).value)" /></fs-field>
        @if (invoices.hasValue()) {
          <fieldset class="fs-stack">
            <legend>Invoices that it pays, oldest first</legend>
            @for (invoice of payable(); track invoice.id) {
              <label class="fs-check"><input type="checkbox" [checked]="chosen().has(invoice.id)" (change)="toggle(invoice.id)" /><span>{{ invoice.number }}, {{ invoice.schoolName }}: {{ invoice.outstandingPence | money }} left to pay</span></label>
            } @empty {
              <p class="fs-quiet">No invoice with something left to pay is like that.</p>
            }
          </fieldset>
        } @else {
          <fs-skeleton what="invoices" [rows]="3" />
        }
      } @else if (bills.hasValue()) {
        <fieldset class="fs-stack">
          <legend>The supplier’s bill that it pays</legend>
          @for (bill of bills.value().items; track bill.id) {
            @if (bill.pence > bill.paidPence) {
              <label class="fs-check"><input type="radio" name="bill" [checked]="chosen().has(bill.id)" (change)="chosen.set(one(bill.id))" /><span>{{ bill.supplierName }}, {{ bill.number }}: {{ bill.pence - bill.paidPence | money }} left to pay</span></label>
            }
          } @empty {
            <p class="fs-quiet">No supplier’s bill is recorded yet.</p>
          }
        </fieldset>
        @if (credits().length) {
          <fieldset class="fs-stack">
            <legend>Or credit that is paid back to a school</legend>
            @for (school of credits(); track school.urn) {
              <label class="fs-check"><input type="radio" name="bill" [checked]="chosen().has(school.urn)" (change)="chosen.set(one(school.urn))" /><span>{{ school.schoolName }}: {{ school.creditPence | money }} held</span></label>
            }
          </fieldset>
        }
      } @else {
        <fs-skeleton what="bills" [rows]="3" />
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="chosen().size === 0 || busy()">Match</button>
      </div>
    </form>
  `,
  styles: `
    fieldset { border: 0; padding: 0; margin: 0; max-height: 50vh; overflow: auto; }
  `,
})
export class MatchDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<LineChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  readonly #at = `/api/collaborations/${this.choice.collaborationId}`;
  protected readonly cameIn = this.choice.line.pence > 0;
  protected readonly words = signal('');
  protected readonly chosen = signal<ReadonlySet<string>>(new Set());
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;
  protected readonly invoices = read(() => (this.cameIn ? `${this.#at}/invoices?size=200&query=${encodeURIComponent(this.words().trim())}` : undefined), InvoicesSchema);
  protected readonly bills = read(() => (this.cameIn ? undefined : `${this.#at}/supplier-bills?size=200`), SupplierBillsSchema);
  readonly #debts = read(() => (this.cameIn ? undefined : `${this.#at}/aged-debt`), AgedDebtsSchema);
  /** Schools for which at least so much is held. */
  protected readonly credits = computed(() => (this.#debts.hasValue() ? this.#debts.value().items.filter(({ creditPence }) => creditPence + this.choice.line.pence >= 0) : []));
  protected readonly payable = computed(() => (this.invoices.hasValue() ? this.invoices.value().items.filter((invoice) => invoice.outstandingPence > 0).reverse() : []));
  protected readonly one = (id: string): ReadonlySet<string> => new Set([id]);

  protected toggle(id: string): void {
    this.chosen.update((chosen) => (chosen.has(id) ? new Set([...chosen].filter((other) => other !== id)) : new Set([...chosen, id])));
  }

  protected async save(): Promise<void> {
    const ids = [...this.chosen()];
    const paidBack = this.credits().find(({ urn }) => urn === ids[0]);
    const wentOut = paidBack ? { schoolUrn: paidBack.urn } : { supplierBillId: ids[0] };
    const what = this.cameIn ? { invoices: ids.map((invoiceId) => ({ invoiceId })) } : wentOut;
    await this.#attempt.run(async () => {
      await this.#api.post(`${this.#at}/matches`, { bankLineId: this.choice.line.id, ...what }, MatchedSchema);
      this.ref.close(true);
    });
  }
}
