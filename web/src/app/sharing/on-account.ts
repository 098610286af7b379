import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { OnAccountSchema, type OnAccount as OnAccountAnswer } from '@fairshare/contract/charges-due.js';
import { read } from '../ui/api-client';
import { CsvButton } from '../ui/csv-button';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { formatMoney, MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { SharingTabs } from './sharing-tabs';

type Plan = OnAccountAnswer['items'][number];
type School = Plan['schools'][number];

/** What schools paid in advance, what their shares really came to, and what is left between the two. */
@Component({
  selector: 'fs-on-account',
  imports: [CsvButton, DayPipe, Empty, MoneyPipe, Page, ProblemNotice, RouterLink, SharingTabs, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="On account" purpose="Contributions that schools paid in advance, against their actual shares. While contributions stand, actual shares are not invoiced; the true-up sets them against one another to the penny.">
      <ng-container actions>
        @if (plans.hasValue() && plans.value().total) {
          <fs-csv name="on-account" [header]="header" [rows]="rows" />
        }
      </ng-container>
      <fs-sharing-tabs />
      @if (plans.error(); as problem) {
        <fs-problem [error]="problem" [retryable]="true" (retry)="plans.reload()" />
      } @else if (plans.hasValue()) {
        @for (plan of plans.value().items; track plan.planId) {
          <section class="fs-card fs-stack" [attr.aria-labelledby]="'account-' + plan.planId">
            <div>
              <h2 [id]="'account-' + plan.planId">{{ plan.name }}</h2>
              <p class="fs-quiet">{{ plan.agreementName ?? 'All charges of the collaboration' }}, {{ plan.startsOn | day }} to {{ plan.endsOn | day }}. {{ plan.standing }}</p>
            </div>
            @if (plan.schools.length) {
              <div class="fs-table-scroll" role="region" [attr.aria-label]="plan.name + ', school by school'" tabindex="0">
                <table class="fs-table cards">
                  <thead>
                    <tr><th scope="col">School</th><th scope="col" class="number">Contributed</th><th scope="col" class="number">Actual shares</th><th scope="col" class="number">Difference</th><th scope="col">What becomes of it</th></tr>
                  </thead>
                  <tbody>
                    @for (school of plan.schools; track school.urn) {
                      <tr>
                        <th scope="row">{{ school.schoolName }}</th>
                        <td data-label="Contributed" class="number">{{ school.contributedPence | money }}</td>
                        <td data-label="Actual shares" class="number">{{ school.actualPence | money }}</td>
                        <td data-label="Difference" class="number">{{ school.settled ? '' : (school.actualPence - school.contributedPence | money) }}</td>
                        <td data-label="What becomes of it">{{ outcome(school) }}</td>
                      </tr>
                    }
                  </tbody>
                  <tfoot>
                    <tr>
                      <th scope="row">Together</th>
                      <td data-label="Contributed" class="number">{{ sum(plan, 'contributedPence') | money }}</td>
                      <td data-label="Actual shares" class="number">{{ sum(plan, 'actualPence') | money }}</td>
                      <td data-label="Difference" class="number">{{ sum(plan, 'actualPence') - sum(plan, 'contributedPence') | money }}</td>
                      <td></td>
                    </tr>
                  </tfoot>
                </table>
              </div>
            } @else {
              <p>Nothing was asked for yet. The first contribution is among the <a routerLink="../due">charges due</a> when its day comes.</p>
            }
          </section>
        } @empty {
          <fs-empty icon="pound" heading="Nobody pays on account" purpose="Schools that would rather pay a fixed sum each month than follow every charge can contribute on account; at the end their actual shares take its place. A plan asks for the contributions.">
            <a class="fs-button" routerLink="../plans">Look at the plans</a>
          </fs-empty>
        }
      } @else {
        <fs-skeleton what="contributions" />
      }
    </fs-page>
  `,
})
export class OnAccount {
  readonly collaborationId = input.required<string>();
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}/on-account`);
  protected readonly plans = read(() => this.#at(), OnAccountSchema);
  protected readonly header = ['Plan', 'School', 'URN', 'Contributed, pounds', 'Actual shares, pounds', 'Outcome'];
  protected readonly rows = () =>
    (this.plans.hasValue() ? this.plans.value().items : []).flatMap((plan) =>
      plan.schools.map((school) => [plan.name, school.schoolName, school.urn, (school.contributedPence / 100).toFixed(2), (school.actualPence / 100).toFixed(2), this.outcome(school)]),
    );

  protected sum(plan: Plan, of: 'contributedPence' | 'actualPence'): number {
    return plan.schools.reduce((total, school) => total + school[of], 0);
  }

  protected outcome({ settled, differencePence, contributedPence }: School): string {
    if (settled) return 'Set against the actual shares';
    if (contributedPence === 0) return 'Pays its actual shares';
    if (differencePence === 0) return 'Level so far';
    return differencePence < 0 ? `${formatMoney(-differencePence)} would be refunded today` : `${formatMoney(differencePence)} would be still to pay today`;
  }
}
