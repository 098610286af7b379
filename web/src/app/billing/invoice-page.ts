import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { InvoiceSchema, IssuedSchema, UsedCreditSchema, type Invoice, type InvoiceLine, type Payment } from '@fairshare/contract/billing.js';
import { documentTitle, totalWords } from '@fairshare/domain/billing/document-words.js';
import { disputeInWords, paidFromInWords, paidFromOf } from '@fairshare/domain/billing/line-words.js';
import { WhyDialog, type WhyQuestion } from '../sharing/why-dialog';
import { ApiClient, read } from '../ui/api-client';
import { Confirm } from '../ui/confirm';
import { CurrentSession } from '../ui/current-session';
import { DayPipe } from '../ui/day';
import { Icon } from '../ui/icon';
import { formatMoney, MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { besideDescription, periodName, standingWords } from './billing-words';
import { DisputeDialog } from './dispute-dialog';
import { MoneyDialog } from './money-dialog';

/** An invoice that looks like one, on screen and on paper, with why each amount is what it is. */
@Component({
  selector: 'fs-invoice-page',
  imports: [DayPipe, Icon, MoneyPipe, Page, ProblemNotice, RouterLink, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './invoice-page.html',
  styleUrl: './invoice-page.scss',
})
export class InvoicePage {
  readonly #api = inject(ApiClient);
  readonly #dialog = inject(Dialog);
  readonly #confirm = inject(Confirm);
  readonly #toast = inject(Toast);
  readonly #router = inject(Router);
  readonly #session = inject(CurrentSession);

  readonly collaborationId = input.required<string>();
  readonly invoiceId = input.required<string>();
  protected readonly error = signal<Problem | undefined>(undefined);
  protected readonly at = computed(() => `/api/collaborations/${this.collaborationId()}/invoices/${this.invoiceId()}`);
  protected readonly invoice = read(() => this.at(), InvoiceSchema);
  protected readonly mayInvoice = computed(() => this.#session.grants().some((g) => g.collaborationId === this.collaborationId() && !g.schoolUrn && g.role === 'finance-officer'));
  protected readonly totalWords = totalWords;
  protected readonly periodName = periodName;
  protected readonly beside = besideDescription;
  protected readonly disputeInWords = disputeInWords;
  protected readonly paidFromInWords = paidFromInWords;
  /** Shown only where a stream pays anything: a school without streams pays all from its general money and need not read so. */
  protected readonly streams = computed(() => {
    const parts = this.invoice.hasValue() ? paidFromOf(this.invoice.value().lines) : [];
    return this.named(parts) ? parts : undefined;
  });

  protected named(parts: InvoiceLine['paidFrom']): boolean {
    return parts?.some(({ name }) => name !== null) ?? false;
  }

  protected mayDispute(invoice: Invoice): boolean {
    return invoice.kind === 'invoice' && invoice.issuedOn !== null && this.#session.grants().some((g) => g.schoolUrn === invoice.urn && (g.role === 'finance-officer' || g.role === 'business-manager'));
  }

  protected title(invoice: Invoice): string {
    return [documentTitle(invoice.kind, invoice.issuedOn === null), invoice.number].filter(Boolean).join(' ');
  }

  /** A credit note says above nothing what is due to the school. */
  protected sign({ kind }: Invoice): 1 | -1 {
    return kind === 'credit-note' ? -1 : 1;
  }

  protected stateOf(invoice: Invoice) {
    return standingWords[invoice.standing];
  }

  protected sortCode(digits: string): string {
    return digits.replace(/(\d\d)(\d\d)(\d\d)/, '$1-$2-$3');
  }

  protected print(): void {
    globalThis.print();
  }

  /** Opens the share behind a line: the sentences and figures that explain it. */
  protected why(line: InvoiceLine, invoice: Invoice): void {
    const data: WhyQuestion = { collaborationId: this.collaborationId(), chargeId: line.chargeId, urn: invoice.urn, schoolName: invoice.schoolName };
    this.#dialog.open(WhyDialog, { data, panelClass: ['fs-dialog', 'wide'], ariaLabelledBy: 'fs-why', autoFocus: 'dialog' });
  }

  protected dispute(line: InvoiceLine): void {
    const data = { collaborationId: this.collaborationId(), share: { shareId: line.shareId, description: line.description } };
    this.#dialog.open<boolean>(DisputeDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-dispute' }).closed.subscribe((done) => {
      if (!done) return;
      this.#toast.show('Disputed; nothing is due of it until that is decided');
      this.invoice.reload();
    });
  }

  protected money(what: 'payment' | 'credit', invoice: Invoice): void {
    this.#dialog.open<string>(MoneyDialog, { data: { what, invoice, collaborationId: this.collaborationId() }, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-money' }).closed.subscribe((done) => {
      if (!done) return;
      this.#toast.show(done);
      this.invoice.reload();
    });
  }

  protected async takeBack(payment: Payment): Promise<void> {
    const sure = await this.#confirm.ask({ title: `Take ${formatMoney(payment.pence)} back?`, text: 'It was recorded by hand and no line of the bank bears it out. Its opposite is booked; nothing is deleted.', action: 'Take it back', danger: true });
    if (!sure) return;
    await this.#do(async () => {
      await this.#api.delete(`${this.at()}/payments/${payment.id}`);
      this.#toast.show('Payment taken back');
      this.invoice.reload();
    });
  }

  protected async useCredit(): Promise<void> {
    await this.#do(async () => {
      const { usedPence } = await this.#api.post(`${this.at()}/use-credit`, undefined, UsedCreditSchema);
      this.#toast.show(`${formatMoney(usedPence)} of the school’s credit was used`);
      this.invoice.reload();
    });
  }

  protected async issue(): Promise<void> {
    const isNote = this.invoice.value()?.kind === 'credit-note';
    const sure = await this.#confirm.ask({
      title: isNote ? 'Issue this credit note?' : 'Issue this invoice?', action: 'Issue it',
      text: isNote ? 'It gets its number and never changes again. What it makes due is held as the school’s credit.' : 'It gets its number and never changes again; a mistake is put right by a credit note.',
    });
    if (!sure) return;
    await this.#do(async () => {
      const issued = await this.#api.post(`${this.at()}/issue`, undefined, IssuedSchema);
      this.#toast.show(issued.journals ? 'Journal booked' : issued.creditNotes ? 'Credit note issued; its sum is held for the school' : `${issued.firstNumber ?? 'Invoice'} issued`);
      this.invoice.reload();
    });
  }

  protected async discard(): Promise<void> {
    const sure = await this.#confirm.ask({ title: 'Throw this draft away?', text: 'Its shares wait for the next run.', action: 'Throw it away', danger: true });
    if (!sure) return;
    await this.#do(async () => {
      await this.#api.delete(this.at());
      this.#toast.show('Draft thrown away');
      await this.#router.navigate(['/c', this.collaborationId(), 'invoices']);
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
