import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RetentionDoneSchema, RetentionSchema } from '@fairshare/contract/retention.js';
import { ApiClient, read } from '../ui/api-client';
import { Confirm } from '../ui/confirm';
import { WhenPipe } from '../ui/day';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { SchoolsTabs } from '../ui/schools-tabs';
import { Skeleton } from '../ui/skeleton';
import { Toast } from '../ui/toast';

/** How long what is kept, and what would go now. */
@Component({
  selector: 'fs-retention',
  imports: [Page, ProblemNotice, SchoolsTabs, Skeleton, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="What is kept how long" purpose="Once a day, what was kept long enough goes by itself. The books, the calendar and the audit trail stay.">
      <fs-schools-tabs />
      <fs-problem [error]="error()" />
      @if (kinds.error(); as problem) {
        <fs-problem [error]="problem" [retryable]="true" (retry)="kinds.reload()" />
      } @else if (kinds.hasValue()) {
        <div class="fs-table-scroll" role="region" aria-label="What is kept how long" tabindex="0">
          <table class="fs-table cards">
            <thead><tr><th scope="col">What</th><th scope="col" class="number">Days</th><th scope="col">Everything before</th><th scope="col" class="number">Would go now</th></tr></thead>
            <tbody>
              @for (kind of kinds.value().items; track kind.kind) {
                <tr>
                  <th scope="row">{{ kind.sentence }}</th>
                  <td data-label="Days" class="number">
                    <input class="fs-input" type="number" min="1" max="36500" [attr.aria-label]="'Days: ' + kind.sentence" [value]="kind.days" (change)="setDays(kind.kind, $any($event.target).valueAsNumber)" />
                    @if (kind.days !== kind.usualDays) {
                      <span class="fs-quiet fs-small">usually {{ kind.usualDays }}</span>
                    }
                  </td>
                  <td data-label="Everything before" class="when">{{ kind.before | when }}</td>
                  <td data-label="Would go now" class="number">{{ kind.due }}</td>
                </tr>
              }
            </tbody>
          </table>
        </div>
        @if (due()) {
          <div><button type="button" class="fs-button" (click)="run()">Let go of {{ due() }} now</button></div>
        } @else {
          <p class="fs-quiet">Nothing has been kept for too long.</p>
        }
      } @else {
        <fs-skeleton what="what is kept" />
      }
    </fs-page>
  `,
  styles: 'input { width: 7rem; text-align: right; }',
})
export class RetentionPage {
  readonly #api = inject(ApiClient);
  readonly #confirm = inject(Confirm);
  readonly #toast = inject(Toast);
  protected readonly kinds = read(() => '/api/retention', RetentionSchema);
  protected readonly due = computed(() => (this.kinds.hasValue() ? this.kinds.value().items.reduce((sum, kind) => sum + kind.due, 0) : 0));
  protected readonly error = signal<Problem | undefined>(undefined);

  protected async setDays(kind: string, days: number): Promise<void> {
    await this.#doing(() => this.#api.put(`/api/retention/${kind}`, { days }, RetentionSchema));
  }

  protected async run(): Promise<void> {
    const text = 'What is due is deleted, or loses its reference or note. It cannot be brought back; it would have gone within a day by itself.';
    if (!(await this.#confirm.ask({ title: `Let go of ${this.due()} now?`, text, action: 'Let go of them', danger: true }))) return;
    await this.#doing(async () => {
      const { items } = await this.#api.post('/api/retention/run', { dryRun: false }, RetentionDoneSchema);
      this.#toast.show(`${items.reduce((sum, { count }) => sum + count, 0)} are gone`);
    });
  }

  async #doing(work: () => Promise<unknown>): Promise<void> {
    this.error.set(undefined);
    await work().catch((thrown: unknown) => this.error.set(Problem.of(thrown)));
    this.kinds.reload();
  }
}
