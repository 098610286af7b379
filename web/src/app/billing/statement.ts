import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { StatementSchema } from '@fairshare/contract/billing.js';
import { schoolYearStart } from '../sharing/charge-words';
import { read } from '../ui/api-client';
import { BooksTabs } from '../ui/books-tabs';
import { CsvButton } from '../ui/csv-button';
import { DateField } from '../ui/date-field';
import { DayPipe } from '../ui/day';
import { Icon } from '../ui/icon';
import { today } from '../ui/london';
import { MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { schoolChoice, SchoolSelect } from '../ui/school-choice';
import { Skeleton } from '../ui/skeleton';

/** A school's account between two days: what it was billed, credited and paid, and what is left after each. As good on paper. */
@Component({
  selector: 'fs-statement',
  imports: [BooksTabs, CsvButton, DateField, DayPipe, Icon, MoneyPipe, Page, ProblemNotice, SchoolSelect, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="Statement" [purpose]="statement.hasValue() ? statement.value().schoolName : 'A school’s account between two days.'">
      <fs-books-tabs of="school" [collaborationId]="collaborationId()" [school]="choice.urn()" />
      <ng-container actions>
        <button type="button" class="fs-button" (click)="print()"><fs-icon name="print" />Print</button>
        <fs-csv name="statement" [header]="csvHeader" [rows]="csvRows" />
      </ng-container>
      <section class="filters fs-no-print" aria-label="What is shown">
        <fs-school-choice [choice]="choice" />
        <fs-date label="From" [latest]="to()" [value]="from()" (valueChange)="from.set($event)" />
        <fs-date label="To" [earliest]="from()" [value]="to()" (valueChange)="to.set($event)" />
      </section>
      @if (statement.error(); as problem) {
        <fs-problem [error]="problem" [retryable]="true" (retry)="statement.reload()" />
      } @else if (statement.hasValue()) {
        @let shown = statement.value();
        <article class="fs-card fs-stack" aria-label="Statement">
          <div class="fs-spread">
            <h2>{{ shown.schoolName }}</h2>
            <span class="fs-quiet">URN {{ shown.urn }} · {{ shown.from | day }} to {{ shown.to | day }}</span>
          </div>
          <div class="fs-table-scroll" role="region" aria-label="Entries" tabindex="0">
            <table class="fs-table cards">
              <thead><tr><th scope="col">Day</th><th scope="col">What</th><th scope="col" class="number">Billed</th><th scope="col" class="number">Credited or paid</th><th scope="col" class="number">Left to pay</th></tr></thead>
              <tbody>
                <tr><td data-label="Day" class="when">{{ shown.from | day }}</td><th scope="row">Brought forward</th><td class="none"></td><td class="none"></td><td data-label="Left to pay" class="number">{{ shown.openingPence | money }}</td></tr>
                @for (entry of shown.entries; track $index) {
                  <tr>
                    <td data-label="Day" class="when">{{ entry.on | day }}</td>
                    <th scope="row">{{ entry.description }}</th>
                    <td data-label="Billed" class="number" [class.none]="entry.pence <= 0">{{ entry.pence > 0 ? (entry.pence | money) : '' }}</td>
                    <td data-label="Credited or paid" class="number" [class.none]="entry.pence >= 0">{{ entry.pence < 0 ? (-entry.pence | money) : '' }}</td>
                    <td data-label="Left to pay" class="number">{{ entry.balancePence | money }}</td>
                  </tr>
                }
              </tbody>
              <tfoot><tr><td class="none"></td><th scope="row">{{ shown.closingPence < 0 ? 'Held as credit' : 'Left to pay' }} on {{ shown.to | day }}</th><td class="none"></td><td class="none"></td><td data-label="Left to pay" class="number">{{ shown.closingPence | money }}</td></tr></tfoot>
            </table>
          </div>
          @if (!shown.entries.length) { <p class="fs-quiet">Nothing was billed or paid in these days.</p> }
        </article>
      } @else {
        <fs-skeleton what="the statement" />
      }
    </fs-page>
  `,
  styles: '.filters { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-end; } .filters fs-date { flex: 0 1 220px; }',
})
export class StatementPage {
  readonly collaborationId = input.required<string>();
  protected readonly choice = schoolChoice(this.collaborationId);
  protected readonly from = queryParamSignal('from', schoolYearStart());
  protected readonly to = queryParamSignal('to', today());
  protected readonly statement = read(
    () => (this.choice.urn() ? `/api/collaborations/${this.collaborationId()}/statements/${this.choice.urn()}?from=${this.from()}&to=${this.to()}` : undefined), StatementSchema,
  );
  readonly #shown = computed(() => (this.statement.hasValue() ? this.statement.value() : undefined));
  protected readonly csvHeader = ['Day', 'What', 'Pounds', 'Left to pay in pounds'];
  protected readonly csvRows = () => {
    const shown = this.#shown();
    if (!shown) return [];
    return [[shown.from, 'Brought forward', '', (shown.openingPence / 100).toFixed(2)], ...shown.entries.map((entry) => [entry.on, entry.description, (entry.pence / 100).toFixed(2), (entry.balancePence / 100).toFixed(2)])];
  };

  protected print(): void {
    globalThis.print();
  }
}
