import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ReconciliationSchema, type Reconciliation as Books } from '@fairshare/contract/billing.js';
import { monthOf } from '@fairshare/domain/kernel/period.js';
import { Approvals } from '../ui/approvals';
import { read } from '../ui/api-client';
import { CurrentSession } from '../ui/current-session';
import { DateField } from '../ui/date-field';
import { Figure } from '../ui/figure';
import { Icon } from '../ui/icon';
import { addDays, today } from '../ui/london';
import { formatMoney, MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import type { Workings } from '../ui/workings';
import { BankLines } from './bank-lines';
import { differenceWord } from './billing-words';

/** The school year that a day is in starts on 1 September. */
const schoolYearStart = (day: string) => `${Number(day.slice(0, 4)) - (day.slice(5) < '09-01' ? 1 : 0)}-09-01`;

/** The bank's lines beside what they match, and the one sum that has to be zero. */
@Component({
  selector: 'fs-reconciliation',
  imports: [Approvals, BankLines, DateField, Figure, Icon, MoneyPipe, Page, ProblemNotice, RouterLink, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './reconciliation.html',
})
export class Reconciliation {
  readonly #session = inject(CurrentSession);
  readonly collaborationId = input.required<string>();
  protected readonly from = queryParamSignal('from', schoolYearStart(addDays(monthOf(today()).from, -1)));
  protected readonly to = queryParamSignal('to', today());
  protected readonly books = read(
    () => (this.from() <= this.to() ? `/api/collaborations/${this.collaborationId()}/reconciliation?from=${this.from()}&to=${this.to()}` : undefined),
    ReconciliationSchema,
  );
  protected readonly mayReconcile = computed(() => this.#session.grants().some((g) => g.collaborationId === this.collaborationId() && !g.schoolUrn && g.role === 'finance-officer'));
  protected readonly differenceWord = differenceWord;
  protected readonly money = formatMoney;

  protected changed(): void {
    this.books.reload();
  }

  /** Where a record is looked at: an invoice on its page, a charge or share among the shared costs. */
  protected linkTo(record: { kind: string; id: string }): string[] | null {
    const base = ['/c', this.collaborationId()];
    if (record.kind === 'invoice') return [...base, 'invoices', record.id];
    // A remainder of all charges bears the collaboration's own id.
    if (record.kind === 'charge' && record.id !== this.collaborationId()) return [...base, 'shared-costs', record.id];
    if (record.kind === 'supplier-bill') return [...base, 'books', 'bills'];
    return record.kind === 'share' || record.kind === 'charge' ? [...base, 'shared-costs'] : null;
  }

  /** The sum, part by part. */
  protected workings(books: Books): Workings {
    const rows: readonly (readonly [string, number])[] = [
      ['Charges', books.charges], ['less shares', 0 - books.shares], ['Shares', books.shares], ['less invoiced', 0 - books.invoiced], ['less journals', 0 - books.journalled],
      ['less not invoiced yet', 0 - books.notYetInvoiced], ['Suppliers’ bills', books.supplierBills], ['less passed on by charges', 0 - books.passedOn], ['less carried', 0 - books.carried],
    ];
    return {
      title: 'The one sum',
      formula: 'What was charged is shared; what was shared is invoiced, booked as a journal or waits; what suppliers billed is passed on or carried. Together this comes to nothing.',
      columns: [{ label: 'Part' }, { label: 'Pounds', number: true }],
      rows: rows.map(([label, pence]) => [label, formatMoney(pence)]),
      total: ['Unexplained', formatMoney(books.unexplained)],
    };
  }
}
