import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { ChargePlanListSchema, ChargePlanSchema, type ChargePlanEntry } from '@fairshare/contract/charges-due.js';
import { ApiClient, read } from '../ui/api-client';
import { Confirm } from '../ui/confirm';
import { CsvButton, type CsvCell } from '../ui/csv-button';
import { CurrentSession } from '../ui/current-session';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { formatDay, today } from '../ui/london';
import { MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State, type Tone } from '../ui/state';
import { Toast } from '../ui/toast';
import { planKindNames } from './charge-words';
import { OpeningDialog } from './opening-dialog';
import { PlanDialog } from './plan-dialog';
import { SharingTabs } from './sharing-tabs';

/** Standing instructions to charge: what each charges, until when, and what it came to. */
@Component({
  selector: 'fs-charge-plans',
  imports: [CsvButton, DayPipe, Empty, Icon, MoneyPipe, Page, ProblemNotice, SharingTabs, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="Plans" purpose="What is charged beyond sessions and instalments: fees, discounts, group contracts, shared posts, contributions on account and yearly uplifts.">
      <ng-container actions>
        <fs-csv name="plans" [header]="csvHeader" [rows]="csvRows" />
        @if (mayCharge()) {
          <button type="button" class="fs-button" (click)="openBalances()"><fs-icon name="history" />Opening balances</button>
          <button type="button" class="fs-button primary" (click)="add()"><fs-icon name="plus" />Add a plan</button>
        }
      </ng-container>
      <fs-sharing-tabs />
      <fs-problem [error]="error()" />
      @if (plans.error(); as problem) {
        <fs-problem [error]="problem" [retryable]="true" (retry)="plans.reload()" />
      } @else if (plans.hasValue()) {
        @if (plans.value().items.length) {
          <div class="plans">
            @for (plan of plans.value().items; track plan.id) {
              <section class="fs-card fs-stack" [attr.aria-labelledby]="'plan-' + plan.id">
                <div class="fs-spread">
                  <div>
                    <h2 [id]="'plan-' + plan.id">{{ plan.name }}</h2>
                    <p class="fs-quiet fs-small">{{ kinds[plan.kind] }}, {{ plan.agreementName ?? 'the whole collaboration' }}</p>
                  </div>
                  <fs-state [word]="standing(plan).word" [tone]="standing(plan).tone" />
                </div>
                <div>
                  @for (sentence of plan.inWords; track $index) {
                    <p>{{ sentence }}</p>
                  }
                </div>
                <div class="fs-spread foot">
                  <span class="fs-small fs-quiet">{{ plan.startsOn | day }} to {{ plan.endsOn | day }}, agreed by {{ plan.madeBy }}. @if (plan.charges) {Charged so far: <span class="fs-number">{{ plan.chargedPence | money }}</span> in {{ plan.charges }} {{ plan.charges === 1 ? 'charge' : 'charges' }}.} @else {Nothing is charged yet.}</span>
                  @if (mayCharge() && !plan.stoppedOn && plan.endsOn >= day) {
                    <button type="button" class="fs-button small" [attr.aria-label]="'Stop ' + plan.name" (click)="stop(plan)">Stop it</button>
                  }
                </div>
              </section>
            }
          </div>
        } @else {
          <fs-empty icon="repeat" heading="No plan yet" purpose="Sessions and instalments are charged without one. A plan charges what else was agreed, each time that its day comes: the lead school’s fee, a discount on volume, insurance, a shared post, contributions on account.">
            @if (mayCharge()) {
              <button type="button" class="fs-button primary" (click)="add()">Add a plan</button>
            }
          </fs-empty>
        }
      } @else {
        <fs-skeleton what="plans" />
      }
    </fs-page>
  `,
  styles: `
    .plans { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(420px, 100%), 1fr)); gap: 16px; }
    h2 { font-size: 1.125rem; }
    .foot { margin-top: auto; align-items: flex-end; }
  `,
})
export class ChargePlans {
  readonly #api = inject(ApiClient);
  readonly #confirm = inject(Confirm);
  readonly #dialog = inject(Dialog);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  protected readonly kinds = planKindNames;
  protected readonly day = today();
  protected readonly error = signal<Problem | undefined>(undefined);
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  protected readonly plans = read(() => `${this.#at()}/charge-plans`, ChargePlanListSchema);
  protected readonly mayCharge = computed(() => this.#session.grants().some((g) => g.collaborationId === this.collaborationId() && !g.schoolUrn && g.role === 'finance-officer'));

  protected readonly csvHeader = ['Plan', 'Kind', 'Agreement', 'From', 'Until', 'State', 'What it charges', 'Charges', 'Charged so far in pounds', 'Agreed by'];
  protected readonly csvRows = (): CsvCell[][] =>
    (this.plans.hasValue() ? this.plans.value().items : []).map((plan) => [
      plan.name, planKindNames[plan.kind], plan.agreementName, plan.startsOn, plan.endsOn, this.standing(plan).word, plan.inWords.join(' '), plan.charges, (plan.chargedPence / 100).toFixed(2), plan.madeBy,
    ]);

  protected standing(plan: ChargePlanEntry): { word: string; tone: Tone } {
    if (plan.stoppedOn) return { word: `Stopped on ${formatDay(plan.stoppedOn)}`, tone: 'neutral' };
    if (plan.endsOn < this.day) return { word: 'Over', tone: 'neutral' };
    return plan.startsOn > this.day ? { word: 'To come', tone: 'info' } : { word: 'Running', tone: 'good' };
  }

  protected add(): void {
    this.#open(PlanDialog, 'fs-plan', 'The plan is agreed');
  }

  protected openBalances(): void {
    this.#open(OpeningDialog, 'fs-opening', 'Opening balances charged');
  }

  protected async stop(plan: ChargePlanEntry): Promise<void> {
    const question = { title: `Stop “${plan.name}”?`, text: 'What falls due until today is still charged, later days are not. It cannot be started again; a new plan can follow.', action: 'Stop it', otherwise: 'Keep it', danger: true };
    if (!(await this.#confirm.ask(question))) return;
    this.error.set(undefined);
    try {
      await this.#api.post(`${this.#at()}/charge-plans/${plan.id}/stop`, { on: this.day }, ChargePlanSchema);
      this.#toast.show('Stopped');
      this.plans.reload();
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    }
  }

  #open(dialog: typeof PlanDialog | typeof OpeningDialog, ariaLabelledBy: string, done: string): void {
    const options = { data: { collaborationId: this.collaborationId() }, panelClass: ['fs-dialog', 'wide'], ariaLabelledBy };
    this.#dialog.open<boolean, { collaborationId: string }, PlanDialog | OpeningDialog>(dialog, options).closed.subscribe((made) => {
      if (!made) return;
      this.#toast.show(done);
      this.plans.reload();
    });
  }
}
