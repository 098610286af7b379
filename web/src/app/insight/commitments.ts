import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { CommitmentsSchema } from '@fairshare/contract/insight.js';
import { read } from '../ui/api-client';
import { BooksTabs } from '../ui/books-tabs';
import { CsvButton } from '../ui/csv-button';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';

/** What each school will still be charged until its own financial year ends, agreement by agreement. */
@Component({
  selector: 'fs-commitments',
  imports: [BooksTabs, CsvButton, DayPipe, Empty, Icon, MoneyPipe, Page, ProblemNotice, RouterLink, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="Still to come" purpose="What each school is committed to for the rest of its own financial year, as things stand today.">
      <ng-container actions>
        <button type="button" class="fs-button" (click)="print()"><fs-icon name="print" />Print</button>
        <fs-csv name="commitments" [header]="csvHeader" [rows]="csvRows" />
      </ng-container>
      <fs-books-tabs of="school" [collaborationId]="collaborationId()" />
      @if (commitments.error(); as problem) {
        <fs-problem [error]="problem" [retryable]="true" (retry)="commitments.reload()" />
      } @else if (commitments.hasValue()) {
        @for (school of owing(); track school.urn) {
          <section class="fs-card fs-stack" [attr.aria-labelledby]="'school-' + school.urn">
            <div class="fs-spread">
              <div><h2 [id]="'school-' + school.urn">{{ school.schoolName }}</h2><p class="fs-quiet">{{ school.year }}, until {{ school.to | day }}</p></div>
              <strong class="fs-number">{{ school.pence | money }}</strong>
            </div>
            <div class="fs-table-scroll" role="region" [attr.aria-label]="'Commitments of ' + school.schoolName" tabindex="0">
              <table class="fs-table cards">
                <thead><tr><th scope="col">Agreement</th><th scope="col">What</th><th scope="col" class="number">Of all schools</th><th scope="col" class="number">This school</th></tr></thead>
                <tbody>
                  @for (row of school.rows; track $index) {
                    <tr>
                      <th scope="row">@if (row.agreementId) { <a [routerLink]="['/c', collaborationId(), 'agreements', row.agreementId]">{{ row.agreementName }}</a> } @else { {{ row.agreementName }} }</th>
                      <td data-label="What">{{ row.what }}</td>
                      <td data-label="Of all schools" class="number">{{ row.allPence | money }}</td>
                      <td data-label="This school" class="number">{{ row.pence | money }}</td>
                    </tr>
                  }
                </tbody>
              </table>
            </div>
          </section>
        } @empty {
          <fs-empty icon="check" heading="Nothing is still to come" purpose="Instalments that are not charged yet and booked sessions that no units cover stand here until the school’s own year ends." />
        }
        @if (owing().length) {
          <details class="fs-card">
            <summary>How is this worked out?</summary>
            <p>{{ commitments.value().formula }}</p>
          </details>
        }
      } @else {
        <fs-skeleton what="commitments" />
      }
    </fs-page>
  `,
})
export class CommitmentsPage {
  readonly collaborationId = input.required<string>();
  protected readonly commitments = read(() => `/api/collaborations/${this.collaborationId()}/commitments`, CommitmentsSchema);
  protected readonly owing = computed(() => (this.commitments.hasValue() ? this.commitments.value().items.filter(({ rows }) => rows.length > 0) : []));
  protected readonly csvHeader = ['School', 'URN', 'Until', 'Agreement', 'What', 'All schools in pounds', 'This school in pounds'];
  protected readonly csvRows = () =>
    this.owing().flatMap((school) => school.rows.map((row) => [school.schoolName, school.urn, school.to, row.agreementName, row.what, (row.allPence / 100).toFixed(2), (row.pence / 100).toFixed(2)]));

  protected print(): void {
    globalThis.print();
  }
}
