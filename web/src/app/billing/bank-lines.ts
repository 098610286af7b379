import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AcceptedMatchesSchema, BankLinesSchema, ImportedStatementSchema, MatchedSchema, type BankLine } from '@fairshare/contract/billing.js';
import { Attempt } from '../ui/attempt';
import { ApiClient, read } from '../ui/api-client';
import { CsvButton, type CsvCell } from '../ui/csv-button';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { MoneyPipe } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { MatchDialog } from './match-dialog';

/** The bank's lines at the left, what they match at the right with the reason: accept one or all, undo. */
@Component({
  selector: 'fs-bank-lines',
  imports: [CsvButton, DayPipe, Empty, Icon, MoneyPipe, ProblemNotice, RouterLink, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './bank-lines.html',
  styleUrl: './bank-lines.scss',
})
export class BankLines {
  readonly #api = inject(ApiClient);
  readonly #toast = inject(Toast);
  readonly #dialog = inject(Dialog);
  readonly collaborationId = input.required<string>();
  readonly mayReconcile = input(false);
  /** Something was matched, undone or imported: the sums above are to be read again. */
  readonly changed = output();

  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  protected readonly state = queryParamSignal('lines', 'open');
  protected readonly page = queryParamSignal('page', '1');
  protected readonly lines = read(() => `${this.#at()}/bank-lines?state=${this.state()}&page=${this.page()}&size=50`, BankLinesSchema);
  protected readonly pages = computed(() => (this.lines.hasValue() ? Math.ceil(this.lines.value().total / 50) : 0));
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly busy = this.#attempt.busy;
  protected readonly over = signal(false);
  protected readonly states = [['open', 'To match'], ['matched', 'Matched'], ['all', 'All']] as const;

  protected readonly csvHeader = ['Booked on', 'Account', 'Type', 'Description', 'Amount in pounds', 'Matched with', 'Reason', 'Held as credit in pounds'];
  /** All lines of the kind that is shown, not only this page. */
  protected readonly csvRows = async (): Promise<CsvCell[][]> => {
    const items: BankLine[] = [];
    for (let page = 1, total = 1; items.length < total; page++) {
      const list = await this.#api.get(`${this.#at()}/bank-lines?state=${this.state()}&page=${page}&size=200`, BankLinesSchema);
      items.push(...list.items);
      total = list.items.length === 0 ? 0 : list.total;
    }
    return items.map(({ bookedOn, account, type, description, pence, match }) => [
      bookedOn, account, type, description, (pence / 100).toFixed(2), match?.invoices.map(({ number }) => number).join(' ') ?? '', match?.reason ?? '', ((match?.heldPence ?? 0) / 100).toFixed(2),
    ]);
  };

  protected show(state: string): void {
    this.state.set(state);
    this.page.set('1');
  }

  protected step(by: number): void {
    this.page.set(String(Number(this.page()) + by));
  }

  protected drop(event: DragEvent): void {
    event.preventDefault();
    this.over.set(false);
    const file = event.dataTransfer?.files[0];
    if (file) void this.upload(file);
  }

  protected chosen(event: Event): void {
    const control = event.target as HTMLInputElement;
    const file = control.files?.[0];
    control.value = '';
    if (file) void this.upload(file);
  }

  protected upload(file: File): Promise<void> {
    return this.#do(async () => {
      const read = await this.#api.upload(`${this.#at()}/bank-statements`, file, ImportedStatementSchema);
      const known = read.duplicates > 0 ? `, ${read.duplicates} were there already` : '';
      this.#toast.show(`${read.added} of ${read.lines} lines are new${known}`);
    });
  }

  /** Takes what was suggested about a line. */
  protected accept(line: BankLine): Promise<void> {
    const { suggestion } = line;
    return this.#do(async () => {
      const body = {
        bankLineId: line.id,
        ...(suggestion?.invoices.length ? { invoices: suggestion.invoices.map(({ id, pence }) => ({ invoiceId: id, pence })) } : {}),
        ...(suggestion?.paymentId ? { paymentId: suggestion.paymentId } : {}),
        ...(suggestion?.supplierBillId ? { supplierBillId: suggestion.supplierBillId } : {}),
      };
      const match = await this.#api.post(`${this.#at()}/matches`, body, MatchedSchema);
      this.#toast.show('Matched', { undo: () => this.#undo([match.id]) });
    });
  }

  protected acceptAll(): Promise<void> {
    return this.#do(async () => {
      const { matches } = await this.#api.post(`${this.#at()}/matches/accept`, {}, AcceptedMatchesSchema);
      this.#toast.show(`${matches.length} lines matched`, { undo: () => this.#undo(matches.map(({ id }) => id)) });
    });
  }

  protected undo(matchId: string): Promise<void> {
    return this.#do(async () => {
      await this.#api.delete(`${this.#at()}/matches/${matchId}`);
      this.#toast.show('The match is undone');
    });
  }

  protected choose(line: BankLine): void {
    this.#dialog.open<boolean>(MatchDialog, { data: { collaborationId: this.collaborationId(), line }, panelClass: ['fs-dialog', 'wide'], ariaLabelledBy: 'fs-match' }).closed.subscribe((done) => {
      if (!done) return;
      this.#toast.show('Matched');
      this.#reload();
    });
  }

  async #undo(ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.#api.delete(`${this.#at()}/matches/${id}`);
    this.#reload();
  }

  #reload(): void {
    this.lines.reload();
    this.changed.emit();
  }

  async #do(work: () => Promise<void>): Promise<void> {
    await this.#attempt.run(async () => {
      await work();
      this.#reload();
    });
  }
}
