import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { DisputeSchema, DisputesSchema, type Dispute } from '@fairshare/contract/books.js';
import { ApiClient, read } from '../ui/api-client';
import { BooksTabs } from '../ui/books-tabs';
import { Confirm } from '../ui/confirm';
import { CsvButton, type CsvCell } from '../ui/csv-button';
import { CurrentSession } from '../ui/current-session';
import { Empty } from '../ui/empty';
import { formatDay } from '../ui/london';
import { MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { DecideDialog } from './decide-dialog';
import { DisputeDialog, type DisputedShare } from './dispute-dialog';
import { disputeWords } from './dispute-words';

/** Shares that a school says are wrong: what is disputed, why, and what was decided. */
@Component({
  selector: 'fs-disputes',
  imports: [BooksTabs, CsvButton, Empty, MoneyPipe, Page, ProblemNotice, RouterLink, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './disputes.html',
  styles: '.dispute dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(160px, 100%), 1fr)); gap: 12px 24px; margin: 0; } dt { color: var(--fs-text-soft); font-size: 0.875rem; } dd { margin: 0; font-weight: 550; overflow-wrap: anywhere; }',
})
export class DisputesPage {
  readonly #api = inject(ApiClient);
  readonly #confirm = inject(Confirm);
  readonly #dialog = inject(Dialog);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  protected readonly state = queryParamSignal('state', 'open');
  protected readonly filters = [['open', 'Open'], ['all', 'All']] as const;
  /** A share that another page sends here to be disputed. */
  protected readonly share = queryParamSignal('share');
  protected readonly what = queryParamSignal('what');
  protected readonly words = disputeWords;
  protected readonly formatDay = formatDay;
  protected readonly error = signal<Problem | undefined>(undefined);
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}/disputes`);
  protected readonly disputes = read(() => `${this.#at()}?size=100${this.state() === 'all' ? '' : `&state=${this.state()}`}`, DisputesSchema);
  protected readonly csvHeader = ['School', 'URN', 'What', 'Charged in pounds', 'Left of it in pounds', 'Taken back in pounds', 'Invoice', 'Opened', 'By', 'Why', 'State', 'Decision'];
  protected readonly csvRows = (): CsvCell[][] =>
    (this.disputes.hasValue() ? this.disputes.value().items : []).map((one) => [
      one.schoolName, one.urn, one.description, ...[one.chargedPence, one.leftPence, one.upheldPence ?? 0].map((pence) => (pence / 100).toFixed(2)),
      one.invoiceNumber, one.openedAt.slice(0, 10), one.openedBy, one.reason, disputeWords[one.state][0], one.decision,
    ]);
  protected readonly mayDecide = computed(() => this.#session.grants().some((g) => g.collaborationId === this.collaborationId() && !g.schoolUrn && ['finance-officer', 'coordinator'].includes(g.role)));

  constructor() {
    effect(() => {
      const shareId = this.share();
      if (shareId) this.#open({ shareId, description: this.what() });
    });
  }

  /** The school that disputes may take it back. */
  protected mayWithdraw(dispute: Dispute): boolean {
    return this.#session.grants().some((g) => g.collaborationId === this.collaborationId() && g.schoolUrn === dispute.urn && ['business-manager', 'finance-officer'].includes(g.role));
  }

  protected decide(dispute: Dispute): void {
    this.#dialog.open<string>(DecideDialog, { data: { collaborationId: this.collaborationId(), dispute }, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-decide' }).closed.subscribe((done) => {
      if (!done) return;
      this.#toast.show(done);
      this.disputes.reload();
    });
  }

  protected async withdraw(dispute: Dispute): Promise<void> {
    const sure = await this.#confirm.ask({ title: 'Withdraw this dispute?', text: 'The share is due again as it was billed.', action: 'Withdraw it' });
    if (!sure) return;
    this.error.set(undefined);
    try {
      await this.#api.post(`${this.#at()}/${dispute.id}/withdraw`, undefined, DisputeSchema);
      this.#toast.show('Dispute withdrawn');
      this.disputes.reload();
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    }
  }

  #open(share: DisputedShare): void {
    this.share.set('');
    this.what.set('');
    this.#dialog.open<boolean>(DisputeDialog, { data: { collaborationId: this.collaborationId(), share }, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-dispute' }).closed.subscribe((done) => {
      if (!done) return;
      this.#toast.show('Disputed; nothing is due of it until that is decided');
      this.disputes.reload();
    });
  }
}
