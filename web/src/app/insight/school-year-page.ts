import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { SchoolYearSchema } from '@fairshare/contract/insight.js';
import { read } from '../ui/api-client';
import { BooksTabs } from '../ui/books-tabs';
import { CsvButton } from '../ui/csv-button';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { addDays, today } from '../ui/london';
import { MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { schoolChoice, SchoolSelect } from '../ui/school-choice';
import { Skeleton } from '../ui/skeleton';

/** A school's costs of its own financial year, under the codes of its own return. */
@Component({
  selector: 'fs-school-year-page',
  imports: [BooksTabs, CsvButton, DayPipe, Empty, Icon, MoneyPipe, Page, ProblemNotice, SchoolSelect, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="Year by codes" purpose="A school’s costs of its own financial year, under the codes of its own return.">
      <ng-container actions>
        <button type="button" class="fs-button" (click)="print()"><fs-icon name="print" />Print</button>
        <fs-csv name="year-by-codes" [header]="csvHeader" [rows]="csvRows" />
      </ng-container>
      <fs-books-tabs of="school" [collaborationId]="collaborationId()" [school]="choice.urn()" />
      <fs-school-choice class="fs-no-print" [choice]="choice" />
      @if (year.error(); as problem) {
        <fs-problem [error]="problem" [retryable]="true" (retry)="year.reload()" />
      } @else if (year.hasValue()) {
        @let shown = year.value();
        <div class="fs-spread">
          <h2>{{ shown.schoolName }}, {{ shown.year.label }}</h2>
          <span class="fs-row fs-no-print">
            <button type="button" class="fs-button" (click)="step(shown.year.from, -1)"><fs-icon name="left" />Year before</button>
            <button type="button" class="fs-button" [disabled]="shown.year.to >= today" (click)="step(shown.year.to, 1)">Year after<fs-icon name="right" /></button>
          </span>
        </div>
        <p class="fs-quiet">{{ shown.kind === 'academy' ? 'An academy reports by the Academies Accounts Return' : 'A maintained school reports by Consistent Financial Reporting' }}, from {{ shown.year.from | day }} to {{ shown.year.to | day }}.</p>
        @if (shown.lines.length) {
          <div class="fs-table-scroll" role="region" aria-label="Costs by code" tabindex="0">
            <table class="fs-table cards">
              <thead><tr><th scope="col">{{ shown.system }} code</th><th scope="col">Service</th><th scope="col" class="number">Invoiced, net</th><th scope="col" class="number">VAT on it</th><th scope="col" class="number">Not yet invoiced</th><th scope="col" class="number">Cost of the year</th></tr></thead>
              <tbody>
                @for (line of shown.lines; track $index) {
                  <tr>
                    <th scope="row">{{ line.code }}@if (line.name !== line.code) {<br /><span class="fs-quiet fs-small">{{ line.name }}</span>}</th>
                    <td data-label="Service">{{ line.serviceName ?? 'No agreement' }}</td>
                    <td data-label="Invoiced, net" class="number">{{ line.invoicedPence | money }}</td>
                    <td data-label="VAT on it" class="number">{{ line.vatPence ? (line.vatPence | money) : '–' }}</td>
                    <td data-label="Not yet invoiced" class="number">{{ line.toInvoicePence ? (line.toInvoicePence | money) : '–' }}</td>
                    <td data-label="Cost of the year" class="number">{{ line.totalPence | money }}</td>
                  </tr>
                }
              </tbody>
              <tfoot><tr><th scope="row">All codes</th><td></td><td></td><td></td><td></td><td data-label="Cost of the year" class="number">{{ shown.totalPence | money }}</td></tr></tfoot>
            </table>
          </div>
          <p class="fs-quiet fs-small">Costs are without VAT of our own supplies and after credits. What is not yet invoiced at the year’s end is an accrual.</p>
        } @else {
          <fs-empty icon="pound" heading="Nothing was charged in that year" purpose="A school’s shares stand here under the code of their service, in the year in which the service was given." />
        }
      } @else {
        <fs-skeleton what="the year" />
      }
    </fs-page>
  `,
})
export class SchoolYearPage {
  readonly collaborationId = input.required<string>();
  protected readonly choice = schoolChoice(this.collaborationId);
  protected readonly today = today();
  protected readonly on = queryParamSignal('on', today());
  protected readonly year = read(() => (this.choice.urn() ? `/api/collaborations/${this.collaborationId()}/school-years/${this.choice.urn()}?on=${this.on()}` : undefined), SchoolYearSchema);
  readonly #lines = computed(() => (this.year.hasValue() ? this.year.value().lines : []));
  protected readonly csvHeader = ['Code', 'Name', 'Service', 'Invoiced net in pounds', 'VAT in pounds', 'Not yet invoiced in pounds', 'Cost in pounds'];
  protected readonly csvRows = () =>
    this.#lines().map((line) => [line.code, line.name, line.serviceName ?? 'No agreement', ...[line.invoicedPence, line.vatPence, line.toInvoicePence, line.totalPence].map((pence) => (pence / 100).toFixed(2))]);

  protected step(day: string, days: 1 | -1): void {
    this.on.set(addDays(day, days));
  }

  protected print(): void {
    globalThis.print();
  }
}
