import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { FundingSchema, type FundedShare, type Funding, type FundingBudget } from '@fairshare/contract/funding.js';
import { CommitmentsSchema } from '@fairshare/contract/insight.js';
import { read } from '../ui/api-client';
import { BooksTabs } from '../ui/books-tabs';
import { CsvButton } from '../ui/csv-button';
import { CurrentSession } from '../ui/current-session';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Figure } from '../ui/figure';
import { Icon } from '../ui/icon';
import { addDays, today } from '../ui/london';
import { formatMoney, MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { schoolChoice, SchoolSelect } from '../ui/school-choice';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { BudgetDialog } from './budget-dialog';
import { withoutDay } from './charge-words';
import { FundingRuleDialog } from './funding-rule-dialog';
import { committedByStream, kindWord } from './funding-words';
import { PayShareDialog } from './pay-share-dialog';

interface StreamRow {
  readonly budget: FundingBudget | null;
  readonly name: string;
  readonly pence: number | null;
  readonly spentPence: number;
  readonly committedPence: number;
  readonly leftPence: number | null;
}

/** What a school pays its shares from: each stream with what is spent, committed and left, and the shares it paid. */
@Component({
  selector: 'fs-my-school',
  imports: [BooksTabs, CsvButton, DayPipe, Empty, Figure, Icon, MoneyPipe, Page, ProblemNotice, RouterLink, SchoolSelect, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './my-school.html',
})
export class MySchool {
  protected readonly withoutDay = withoutDay;
  readonly #dialog = inject(Dialog);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  protected readonly choice = schoolChoice(this.collaborationId);
  protected readonly on = queryParamSignal('on', today());
  protected readonly today = today();
  protected readonly money = formatMoney;
  protected readonly kindWord = kindWord;
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}/funding/${this.choice.urn()}`);
  protected readonly funding = read(() => (this.choice.urn() ? `${this.#at()}?on=${this.on()}` : undefined), FundingSchema);
  protected readonly commitments = read(() => (this.choice.urn() ? `/api/collaborations/${this.collaborationId()}/commitments?schoolUrn=${this.choice.urn()}` : undefined), CommitmentsSchema);
  readonly #shown = computed(() => (this.funding.hasValue() ? this.funding.value() : undefined));
  protected readonly mayKeep = computed(() => this.#session.grants().some((g) => g.collaborationId === this.collaborationId() && ['business-manager', 'finance-officer'].includes(g.role) && (!g.schoolUrn || g.schoolUrn === this.choice.urn())));

  protected readonly streams = computed((): StreamRow[] => {
    const funding = this.#shown();
    if (!funding) return [];
    const rows = this.commitments.hasValue() && funding.year.to >= this.today && funding.year.from <= this.today ? (this.commitments.value().items[0]?.rows ?? []) : [];
    const committed = committedByStream(funding, rows);
    const named = funding.budgets.map((budget): StreamRow => {
      const committedPence = committed.get(budget.id) ?? 0;
      return { budget, name: budget.name, pence: budget.pence, spentPence: budget.spentPence, committedPence, leftPence: budget.leftPence - committedPence };
    });
    return [...named, { budget: null, name: 'General money, without a budget here', pence: null, spentPence: funding.generalPence, committedPence: committed.get(null) ?? 0, leftPence: null }];
  });
  protected readonly committed = computed(() => this.streams().reduce((sum, { committedPence }) => sum + committedPence, 0));
  protected readonly left = computed(() => this.streams().reduce((sum, { leftPence }) => sum + (leftPence ?? 0), 0));
  protected readonly csvHeader = ['Stream', 'Kind', 'Conditions', 'Budget in pounds', 'Spent', 'Committed', 'Left'];
  protected readonly csvRows = () =>
    this.streams().map((row) => [
      row.name, row.budget ? kindWord(row.budget.kind) : '', row.budget?.conditions ?? '', ...[row.pence, row.spentPence, row.committedPence, row.leftPence].map((pence) => (pence === null ? '' : (pence / 100).toFixed(2))),
    ]);

  protected ruleInWords(rule: Funding['rules'][number]): string {
    const sum = rule.parts.reduce((total, { weight }) => total + Number(weight), 0);
    return rule.parts.filter(({ weight }) => Number(weight) > 0).map(({ name, weight }) => (rule.parts.length === 1 ? `all from ${name}` : `${Math.round((Number(weight) / sum) * 1000) / 10} % from ${name}`)).join(', ');
  }

  protected paidFrom(share: FundedShare): string {
    const names = new Map(this.#shown()?.budgets.map(({ id, name }) => [id, name]));
    return share.parts.map(({ budgetId, pence }) => {
      const name = budgetId ? (names.get(budgetId) ?? 'another year’s budget') : 'General money';
      return share.parts.length === 1 ? name : `${name} ${formatMoney(pence)}`;
    }).join(', ');
  }

  protected step(day: string, days: 1 | -1): void {
    this.on.set(addDays(day, days));
  }

  protected change(budget: FundingBudget | null): void {
    this.#change(BudgetDialog, 'fs-budget', { budget }, 'Budget saved');
  }

  protected rule(): void {
    this.#change(FundingRuleDialog, 'fs-rule', {}, 'Saved; new shares are paid so');
  }

  protected pay(share: FundedShare): void {
    this.#change(PayShareDialog, 'fs-pay', { share }, 'Paid from other money');
  }

  #change(dialog: typeof BudgetDialog | typeof FundingRuleDialog | typeof PayShareDialog, ariaLabelledBy: string, more: object, done: string): void {
    const data = { at: this.#at(), on: this.on(), funding: this.#shown(), ...more };
    this.#dialog.open<boolean, object, BudgetDialog | FundingRuleDialog | PayShareDialog>(dialog, { data, panelClass: 'fs-dialog', ariaLabelledBy }).closed.subscribe((saved) => {
      if (!saved) return;
      this.#toast.show(done);
      this.funding.reload();
    });
  }
}
