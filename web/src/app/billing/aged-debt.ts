import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AgedDebtsSchema } from '@fairshare/contract/billing.js';
import { ageBands, type AgeBand } from '@fairshare/domain/billing/ageing.js';
import { read } from '../ui/api-client';
import { BooksTabs } from '../ui/books-tabs';
import { CsvButton } from '../ui/csv-button';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Figure } from '../ui/figure';
import { Icon } from '../ui/icon';
import { formatMoney, MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { SuccessionsCard } from './successions-card';

const bandWords: Readonly<Record<AgeBand, string>> = { 'not-due': 'Not due yet', '1-30': '1–30 days late', '31-60': '31–60', '61-90': '61–90', 'over-90': 'Over 90' };

/** What each school owes and for how long; what is disputed stands apart until it is decided. */
@Component({
  selector: 'fs-aged-debt',
  imports: [BooksTabs, CsvButton, DayPipe, Empty, Figure, Icon, MoneyPipe, Page, ProblemNotice, RouterLink, Skeleton, SuccessionsCard],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="Who owes what" [purpose]="debts.hasValue() ? 'As it stands on ' + (debts.value().on | day) + '.' : 'What each school owes, and for how long.'">
      <fs-books-tabs of="books" [collaborationId]="collaborationId()" />
      <ng-container actions>
        <button type="button" class="fs-button" (click)="print()"><fs-icon name="print" />Print</button>
        <fs-csv name="aged-debt" [header]="csvHeader" [rows]="csvRows" />
      </ng-container>
      @if (debts.error(); as problem) {
        <fs-problem [error]="problem" [retryable]="true" (retry)="debts.reload()" />
      } @else if (debts.hasValue()) {
        @if (rows().length) {
          <section class="fs-figures" aria-label="All schools together">
            <fs-figure label="Owed" [value]="money(total())" [note]="rows().length + ' schools'" />
            <fs-figure label="Late" [value]="money(late())" note="past its due date" />
            <fs-figure label="Disputed" [value]="money(disputed())" note="not due until it is decided" />
            <fs-figure label="Credit held" [value]="money(credit())" note="paid beyond what was due" />
          </section>
          <div class="fs-table-scroll" role="region" aria-label="What each school owes" tabindex="0">
            <table class="fs-table cards">
              <thead>
                <tr>
                  <th scope="col">School</th>
                  @for (band of bands; track band) { <th scope="col" class="number">{{ bandWords[band] }}</th> }
                  <th scope="col" class="number">Owed</th><th scope="col" class="number">Disputed</th><th scope="col" class="number">Credit held</th>
                </tr>
              </thead>
              <tbody>
                @for (row of rows(); track row.urn) {
                  <tr>
                    <th scope="row"><a [routerLink]="['/c', collaborationId(), 'my-school', 'statement']" [queryParams]="{ school: row.urn }">{{ row.schoolName }}</a></th>
                    @for (band of bands; track band) { <td [attr.data-label]="bandWords[band]" class="number" [class.none]="!row.bands[band]">{{ row.bands[band] ? (row.bands[band] | money) : '–' }}</td> }
                    <td data-label="Owed" class="number"><strong>{{ row.totalPence | money }}</strong></td>
                    <td data-label="Disputed" class="number" [class.none]="!row.disputedPence">{{ row.disputedPence ? (row.disputedPence | money) : '–' }}</td>
                    <td data-label="Credit held" class="number" [class.none]="!row.creditPence">{{ row.creditPence ? (row.creditPence | money) : '–' }}</td>
                  </tr>
                }
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row">All schools</th>
                  @for (band of bands; track band) { <td [attr.data-label]="bandWords[band]" class="number">{{ sumOf(band) | money }}</td> }
                  <td data-label="Owed" class="number">{{ total() | money }}</td><td data-label="Disputed" class="number">{{ disputed() | money }}</td><td data-label="Credit held" class="number">{{ credit() | money }}</td>
                </tr>
              </tfoot>
            </table>
          </div>
        } @else {
          <fs-empty icon="check" heading="Nobody owes anything" purpose="Schools stand here as soon as an invoice is issued and until it is paid." />
        }
      } @else {
        <fs-skeleton what="what schools owe" />
      }
      <fs-successions [collaborationId]="collaborationId()" (moved)="debts.reload()" />
    </fs-page>
  `,
})
export class AgedDebtPage {
  readonly collaborationId = input.required<string>();
  protected readonly bands = ageBands;
  protected readonly bandWords = bandWords;
  protected readonly money = formatMoney;
  protected readonly debts = read(() => `/api/collaborations/${this.collaborationId()}/aged-debt`, AgedDebtsSchema);
  protected readonly rows = computed(() => (this.debts.hasValue() ? this.debts.value().items : []));
  protected readonly total = computed(() => this.rows().reduce((sum, row) => sum + row.totalPence, 0));
  protected readonly late = computed(() => this.total() - this.sumOf('not-due'));
  protected readonly disputed = computed(() => this.rows().reduce((sum, row) => sum + row.disputedPence, 0));
  protected readonly credit = computed(() => this.rows().reduce((sum, row) => sum + row.creditPence, 0));
  protected readonly csvHeader = ['School', 'URN', ...ageBands.map((band) => bandWords[band]), 'Owed', 'Disputed', 'Credit held'];
  protected readonly csvRows = () =>
    this.rows().map((row) => [row.schoolName, row.urn, ...[...ageBands.map((band) => row.bands[band] ?? 0), row.totalPence, row.disputedPence, row.creditPence].map((pence) => (pence / 100).toFixed(2))]);

  protected sumOf(band: AgeBand): number {
    return this.rows().reduce((sum, row) => sum + (row.bands[band] ?? 0), 0);
  }

  protected print(): void {
    globalThis.print();
  }
}
