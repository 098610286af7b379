import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { BankLinesSchema, InvoicesSchema, ReconciliationSchema } from '@fairshare/contract/billing.js';
import { read } from '../ui/api-client';
import { Figure } from '../ui/figure';
import { today } from '../ui/london';
import { formatMoney } from '../ui/money';
import { Skeleton } from '../ui/skeleton';
import { schoolYearStart } from './value-words';

/** The finance officer's morning: what is owed, what is late, which bank lines nobody has explained, and the one sum. */
@Component({
  selector: 'fs-home-money',
  imports: [Figure, RouterLink, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="fs-stack" aria-labelledby="home-money">
      <div class="fs-spread">
        <h2 id="home-money">Money</h2>
        <span class="fs-row">
          <a [routerLink]="['/c', collaborationId(), 'invoices']">Invoices</a>
          <a [routerLink]="['/c', collaborationId(), 'reconciliation']">Reconciliation</a>
        </span>
      </div>
      @if (open.hasValue() && overdue.hasValue() && lines.hasValue() && sum.hasValue()) {
        <div class="fs-figures">
          <fs-figure label="Invoiced and not yet paid" [value]="money(open.value().outstandingPence)" [note]="open.value().total + ' invoices'" />
          <fs-figure label="Overdue" [value]="money(overdue.value().outstandingPence)" [note]="overdue.value().total + ' invoices'" />
          <fs-figure label="Bank lines to explain" [value]="'' + lines.value().total" [note]="lines.value().certain + ' with a certain match'" />
          <fs-figure label="Unexplained since September" [value]="money(sum.value().unexplained)" [note]="sum.value().unexplained === 0 ? 'It adds up' : 'See reconciliation'" />
        </div>
      } @else if (!failed()) {
        <fs-skeleton what="money" [rows]="2" />
      }
    </section>
  `,
})
export class HomeMoney {
  readonly collaborationId = input.required<string>();
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  protected readonly money = formatMoney;
  protected readonly open = read(() => `${this.#at()}/invoices?standing=open&size=1`, InvoicesSchema);
  protected readonly overdue = read(() => `${this.#at()}/invoices?standing=overdue&size=1`, InvoicesSchema);
  protected readonly lines = read(() => `${this.#at()}/bank-lines?state=open&size=1`, BankLinesSchema);
  protected readonly sum = read(() => `${this.#at()}/reconciliation?from=${schoolYearStart(today())}&to=${today()}`, ReconciliationSchema);
  /** Somebody whose finance role ends at their own school sees the rest of the page. */
  protected readonly failed = computed(() => Boolean(this.open.error() || this.overdue.error() || this.lines.error() || this.sum.error()));
}
