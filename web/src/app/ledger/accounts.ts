import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { BalancesSchema, LastLedgerCheckSchema, LedgerCheckSchema, LedgerEntriesSchema, PeriodClosesSchema, PeriodCloseSchema } from '@fairshare/contract/ledger.js';
import { MemberListSchema } from '@fairshare/contract/schools.js';
import { accounts, type AccountName } from '@fairshare/domain/ledger/index.js';
import { ApiClient, read } from '../ui/api-client';
import { BooksTabs, keepsBooks } from '../ui/books-tabs';
import { Confirm } from '../ui/confirm';
import { CsvButton } from '../ui/csv-button';
import { CurrentSession } from '../ui/current-session';
import { DateField } from '../ui/date-field';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { addDays, formatDay, formatWhen, today } from '../ui/london';
import { MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';

interface AccountRow {
  readonly account: string;
  readonly words: string;
  readonly pence: number;
  readonly schools: number;
}

/** What stands on every account, which periods are closed, what was posted, and whether the books are still what was written. */
@Component({
  selector: 'fs-accounts',
  imports: [BooksTabs, CsvButton, DateField, DayPipe, Empty, Icon, MoneyPipe, Page, ProblemNotice, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './accounts.html',
  styles: '.close { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-end; } .close fs-date { flex: 0 1 240px; } summary { white-space: nowrap; }',
})
export class Accounts {
  readonly #api = inject(ApiClient);
  readonly #confirm = inject(Confirm);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  protected readonly formatDay = formatDay;
  protected readonly formatWhen = formatWhen;
  protected readonly account = queryParamSignal('account');
  protected readonly page = queryParamSignal('page', '1');
  protected readonly closeThrough = signal<string>(lastMonthEnd());
  protected readonly yesterday = addDays(today(), -1);
  protected readonly error = signal<Problem | undefined>(undefined);
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}/ledger`);
  protected readonly mayClose = computed(() => keepsBooks(this.#session, this.collaborationId()));
  protected readonly balances = read(() => `${this.#at()}/balances`, BalancesSchema);
  protected readonly closes = read(() => `${this.#at()}/period-closes`, PeriodClosesSchema);
  protected readonly last = read(() => `${this.#at()}/check`, LastLedgerCheckSchema);
  protected readonly members = read(() => `/api/collaborations/${this.collaborationId()}/members?size=200`, MemberListSchema);
  protected readonly entries = read(() => `${this.#at()}/entries?size=25&page=${this.page()}${this.account() ? `&account=${this.account()}` : ''}`, LedgerEntriesSchema);
  protected readonly pages = computed(() => (this.entries.hasValue() ? Math.max(1, Math.ceil(this.entries.value().total / 25)) : 1));
  readonly #names = computed(() => new Map((this.members.hasValue() ? this.members.value().items : []).map(({ urn, name }) => [urn, name])));

  protected readonly rows = computed((): AccountRow[] => {
    const items = this.balances.hasValue() ? this.balances.value().items : [];
    const sums = new Map<string, AccountRow>();
    for (const { account, pence } of items) {
      const before = sums.get(account);
      sums.set(account, { account, words: wordsOf(account), pence: (before?.pence ?? 0) + pence, schools: (before?.schools ?? 0) + 1 });
    }
    return Object.keys(accounts).flatMap((name) => sums.get(name) ?? []);
  });
  protected readonly sum = computed(() => this.rows().reduce((total, { pence }) => total + pence, 0));
  protected readonly csvHeader = ['Account', 'What it is', 'School', 'URN', 'Balance in pounds'];
  protected readonly csvRows = () =>
    (this.balances.hasValue() ? this.balances.value().items : []).map(({ account, schoolUrn, pence }) => [account, wordsOf(account), this.nameOf(schoolUrn), schoolUrn ?? '', (pence / 100).toFixed(2)]);

  protected readonly wordsOf = wordsOf;

  protected nameOf(urn: string | null): string {
    return urn === null ? '' : (this.#names().get(urn) ?? urn);
  }

  protected show(account: string): void {
    this.account.set(account === this.account() ? '' : account);
    this.page.set('1');
  }

  protected async close(): Promise<void> {
    const throughOn = this.closeThrough();
    const sure = await this.#confirm.ask({
      title: `Close everything up to ${formatDay(throughOn)}?`,
      text: 'What is posted later for a service in that time keeps its service date and counts on the first open day. A closed period is never opened again.', action: 'Close the period',
    });
    if (!sure) return;
    await this.#do(async () => {
      await this.#api.post(`${this.#at()}/period-closes`, { throughOn }, PeriodCloseSchema);
      this.#toast.show(`Closed up to ${formatDay(throughOn)}`);
      this.closes.reload();
    });
  }

  protected async check(): Promise<void> {
    await this.#do(async () => {
      const found = await this.#api.post(`${this.#at()}/check`, undefined, LedgerCheckSchema);
      this.#toast.show(found.isWhole ? 'The books are whole' : 'The books are not what was written');
      this.last.reload();
    });
  }

  async #do(work: () => Promise<void>): Promise<void> {
    this.error.set(undefined);
    try {
      await work();
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    }
  }
}

function wordsOf(account: string): string {
  return account in accounts ? accounts[account as AccountName].words : account;
}

/** The last day of the month before this one. */
function lastMonthEnd(): string {
  return addDays(`${today().slice(0, 7)}-01`, -1);
}
