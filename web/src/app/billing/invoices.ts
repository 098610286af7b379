import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, effect, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  InvoiceRunSchema, InvoiceRunsSchema, InvoicesSchema, IssuedSchema, IssuerSettingsSchema, StartedSchema, type InvoiceRun, type InvoiceSummary,
} from '@fairshare/contract/billing.js';
import { monthOf } from '@fairshare/domain/kernel/period.js';
import { Approvals } from '../ui/approvals';
import { Attempt } from '../ui/attempt';
import { ApiClient, read } from '../ui/api-client';
import { Confirm } from '../ui/confirm';
import { CurrentSession } from '../ui/current-session';
import { CsvButton } from '../ui/csv-button';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { JobProgress } from '../ui/job-progress';
import { Jobs } from '../ui/jobs';
import { today } from '../ui/london';
import { formatMoney, MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { monthName, monthsBack, periodName, standingWords } from './billing-words';
import { IssuerDialog } from './issuer-dialog';

const pageSize = 50;
type Filter = InvoiceSummary['standing'] | '';

/** Every invoice with where it stands, and the run that makes a month's. */
@Component({
  selector: 'fs-invoices',
  imports: [Approvals, CsvButton, DayPipe, Empty, Field, FieldControl, Icon, JobProgress, MoneyPipe, Page, ProblemNotice, RouterLink, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './invoices.html',
})
export class Invoices {
  readonly #api = inject(ApiClient);
  readonly #jobs = inject(Jobs);
  readonly #confirm = inject(Confirm);
  readonly #toast = inject(Toast);
  readonly #dialog = inject(Dialog);
  readonly #session = inject(CurrentSession);

  readonly collaborationId = input.required<string>();
  protected readonly standing = queryParamSignal('standing');
  protected readonly words = queryParamSignal('query');
  protected readonly runId = queryParamSignal('run');
  protected readonly page = queryParamSignal('page', '1');
  protected readonly month = queryParamSignal('month', monthsBack(today(), 2)[1] ?? '');
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly busy = this.#attempt.busy;

  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  /** Runs and bank details belong to the whole collaboration; a school sees its own invoices. */
  protected readonly seesAll = computed(() => this.#session.grants().some((g) => g.collaborationId === this.collaborationId() && !g.schoolUrn && ['finance-officer', 'coordinator', 'auditor'].includes(g.role)));
  protected readonly mayInvoice = computed(() => this.#session.grants().some((g) => g.collaborationId === this.collaborationId() && !g.schoolUrn && g.role === 'finance-officer'));

  protected readonly invoices = read(() => `${this.#at()}/invoices?${this.#query()}`, InvoicesSchema);
  protected readonly runs = read(() => (this.seesAll() ? `${this.#at()}/invoice-runs?size=5` : undefined), InvoiceRunsSchema);
  protected readonly chosenRun = read(() => (this.seesAll() && this.runId() ? `${this.#at()}/invoice-runs/${this.runId()}` : undefined), InvoiceRunSchema);
  protected readonly issuer = read(() => (this.mayInvoice() ? `${this.#at()}/invoice-issuer` : undefined), IssuerSettingsSchema);
  protected readonly following = computed(() => this.#jobs.running().find((job) => job.url.startsWith(`${this.#at()}/invoice-runs/`)));
  /** The run whose drafts wait for somebody to check and issue them. */
  protected readonly toIssue = computed(() => (this.runs.hasValue() ? this.runs.value().items.filter((run) => run.state === 'done' && run.drafts > 0) : []));

  protected readonly months = monthsBack(today(), 13);
  protected readonly monthName = monthName;
  protected readonly periodName = periodName;
  protected readonly filters: readonly (readonly [Filter, string])[] = [['', 'All'], ['draft', 'Drafts'], ['open', 'To be paid'], ['part-paid', 'Part paid'], ['overdue', 'Overdue'], ['disputed', 'Disputed'], ['paid', 'Paid'], ['credited', 'Credited'], ['credit-note', 'Credit notes'], ['journal', 'Journals']];
  protected readonly csvHeader = ['Invoice', 'School', 'URN', 'From', 'To', 'Issued', 'Due', 'State', 'Net in pounds', 'VAT in pounds', 'Total in pounds', 'Left to pay in pounds'];
  /** Everything that the filters leave, not only the page in view. */
  protected readonly csvRows = async () => {
    const all: InvoiceSummary[] = [];
    for (let page = 1; page <= Math.max(1, Math.ceil((this.invoices.value()?.total ?? 0) / 200)); page++) {
      const { items } = await this.#api.get(`${this.#at()}/invoices?${this.#query(page, 200)}`, InvoicesSchema);
      all.push(...items);
    }
    return all.map((one) => [
      one.number, one.schoolName, one.urn, one.serviceFrom, one.serviceTo, one.issuedOn, one.dueOn, standingWords[one.standing][0],
      ...[one.netPence, one.vatPence, one.grossPence, one.outstandingPence].map((pence) => (pence / 100).toFixed(2)),
    ]);
  };
  protected readonly pages = computed(() => (this.invoices.hasValue() ? Math.ceil(this.invoices.value().total / pageSize) : 0));

  constructor() {
    // When the run that is followed ends, its drafts are there to be looked at.
    let wasRunning = false;
    effect(() => {
      const running = this.following() !== undefined;
      if (wasRunning && !running) this.#reload();
      wasRunning = running;
    });
    // A run that was started elsewhere, or before a reload, is followed too.
    effect(() => {
      const runs = this.runs.hasValue() ? this.runs.value().items : [];
      for (const run of runs) if ((run.state === 'waiting' || run.state === 'running') && !this.#jobs.job(run.id)) this.#follow(run.id, run.from, run.to);
    });
  }

  protected stateOf(invoice: InvoiceSummary) {
    return standingWords[invoice.standing];
  }

  protected choose(standing: Filter): void {
    this.standing.set(standing);
    this.page.set('1');
  }

  protected find(words: string): void {
    this.words.set(words.trim());
    this.page.set('1');
  }

  protected step(by: number): void {
    this.page.set(String(Number(this.page()) + by));
  }

  protected isFiltered(): boolean {
    return this.standing() !== '' || this.words() !== '' || this.runId() !== '';
  }

  protected clear(): void {
    this.standing.set('');
    this.words.set('');
    this.runId.set('');
    this.page.set('1');
  }

  protected async start(): Promise<void> {
    await this.#do(async () => {
      const { from, to } = monthOf(`${this.month()}-01`);
      const { id } = await this.#api.post(`${this.#at()}/invoice-runs`, { from, to }, StartedSchema);
      this.#follow(id, from, to);
      this.runId.set(id);
    });
  }

  protected async issue(run: InvoiceRun): Promise<void> {
    const sure = await this.#confirm.ask({
      title: `Issue ${run.drafts === 1 ? 'one document' : `${run.drafts} documents`}?`,
      text: `They come to ${formatMoney(run.grossPence)} with VAT. Each gets its number and never changes again; a mistake is put right by a credit note.`,
      action: 'Issue them', otherwise: 'Look at them again',
    });
    if (!sure) return;
    await this.#do(async () => {
      const issued = await this.#api.post(`${this.#at()}/invoice-runs/${run.id}/issue`, undefined, IssuedSchema);
      const notes = issued.creditNotes === 0 ? '' : issued.creditNotes === 1 ? '; one credit note' : `; ${issued.creditNotes} credit notes`;
      this.#toast.show(`${issued.issued} invoices issued${issued.firstNumber ? `, ${issued.firstNumber} to ${issued.lastNumber}` : ''}${notes}`);
      this.#reload();
    });
  }

  protected bankDetails(): void {
    const settings = this.issuer.hasValue() ? this.issuer.value().issuer : undefined;
    this.#dialog.open(IssuerDialog, { data: { collaborationId: this.collaborationId(), settings }, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-issuer' }).closed.subscribe((saved) => {
      if (!saved) return;
      this.#toast.show('Bank details saved');
      this.issuer.reload();
    });
  }

  #query(page: string | number = this.page(), size = pageSize): string {
    const query = new URLSearchParams({ size: String(size), page: String(page) });
    if (this.standing()) query.set('standing', this.standing());
    if (this.words()) query.set('query', this.words());
    if (this.runId()) query.set('runId', this.runId());
    return query.toString();
  }

  #follow(id: string, from: string, to: string): void {
    this.#jobs.follow({ key: id, label: `Invoices for ${periodName(from, to)}`, url: `${this.#at()}/invoice-runs/${id}`, link: `/c/${this.collaborationId()}/invoices?run=${id}` });
  }

  #reload(): void {
    this.invoices.reload();
    this.runs.reload();
    this.chosenRun.reload();
  }

  async #do(work: () => Promise<void>): Promise<void> {
    await this.#attempt.run(async () => {
      await work();
    });
  }
}
