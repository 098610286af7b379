import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SupplierBillSchema, SupplierBillsSchema, type SupplierBill } from '@fairshare/contract/billing.js';
import { Approvals } from '../ui/approvals';
import { ApiClient, read } from '../ui/api-client';
import { BooksTabs, keepsBooks, readsBooks } from '../ui/books-tabs';
import { CsvButton, type CsvCell } from '../ui/csv-button';
import { CurrentSession } from '../ui/current-session';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { today } from '../ui/london';
import { formatMoney, MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State, type Tone } from '../ui/state';
import { Toast } from '../ui/toast';
import { BillDialog } from './bill-dialog';
import { CoverDialog } from './cover-dialog';

type Line = SupplierBill['lines'][number];
type Cover = Line['covers'][number];

/** What suppliers asked for, which charge passes each line on, and what is paid; a supplier sees its own. */
@Component({
  selector: 'fs-supplier-bills',
  imports: [Approvals, BooksTabs, CsvButton, DayPipe, Empty, Icon, MoneyPipe, Page, ProblemNotice, RouterLink, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './supplier-bills.html',
  styles: `
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(110px, 100%), 1fr)); gap: 12px 16px; margin: 0; }
    dt { color: var(--fs-text-soft); font-size: 0.875rem; }
    dd { margin: 0; font-weight: 550; overflow-wrap: anywhere; }
    h2 { margin: 0; }
  `,
})
export class SupplierBillsPage {
  readonly #api = inject(ApiClient);
  readonly #dialog = inject(Dialog);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  protected readonly ofAll = computed(() => readsBooks(this.#session, this.collaborationId()));
  protected readonly mayRecord = computed(() => keepsBooks(this.#session, this.collaborationId()));
  protected readonly purpose = computed(() =>
    this.ofAll() ? 'What suppliers asked the collaboration for, which charge passes it on to the schools, and what is paid.' : 'Your bills as the collaboration has recorded them, and what is paid.',
  );
  protected readonly bills = read(() => `/api/collaborations/${this.collaborationId()}/supplier-bills?size=200`, SupplierBillsSchema);
  protected readonly error = signal<Problem | undefined>(undefined);
  protected readonly csvHeader = ['Supplier', 'Bill', 'Billed on', 'Due on', 'Line', 'Amount in pounds', 'Passed on or carried in pounds'];
  protected readonly csvRows = (): CsvCell[][] =>
    (this.bills.hasValue() ? this.bills.value().items : []).flatMap((bill) =>
      bill.lines.map((line) => [bill.supplierName, bill.number, bill.billedOn, bill.dueOn ?? '', line.description, (line.pence / 100).toFixed(2), ((line.pence - this.leftOf(line)) / 100).toFixed(2)]),
    );

  protected standing(bill: SupplierBill): { word: string; tone: Tone } {
    if (bill.paidPence === bill.pence) return { word: 'Paid', tone: 'good' };
    if (bill.dueOn !== null && bill.dueOn < today()) return { word: 'Overdue', tone: 'bad' };
    return bill.paidPence === 0 ? { word: 'To be paid', tone: 'info' } : { word: 'Part paid', tone: 'warn' };
  }

  /** What of a line neither a charge passes on nor the collaboration carries. */
  protected leftOf(line: Line): number {
    return line.pence - line.covers.reduce((sum, { pence }) => sum + pence, 0);
  }

  protected record(): void {
    this.#open(this.#dialog.open<string>(BillDialog, { data: { collaborationId: this.collaborationId() }, panelClass: ['fs-dialog', 'wide'], ariaLabelledBy: 'fs-bill' }).closed);
  }

  protected cover(bill: SupplierBill, line: Line): void {
    const data = { collaborationId: this.collaborationId(), bill, line, leftPence: this.leftOf(line) };
    this.#open(this.#dialog.open<string>(CoverDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-cover' }).closed);
  }

  /** A charge passes on less of a line than was said; what it gives up waits again for somebody to say who bears it. */
  protected async takeBack(bill: SupplierBill, line: Line, { chargeId, pence }: Cover): Promise<void> {
    const send = async (wanted: number): Promise<void> => {
      await this.#api.post(`/api/collaborations/${this.collaborationId()}/supplier-bills/${bill.id}/lines/${line.id}/covers`, { chargeId, pence: wanted }, SupplierBillSchema);
      this.bills.reload();
    };
    this.error.set(undefined);
    try {
      await send(0 - pence);
      this.#toast.show(`${formatMoney(pence)} taken back`, { undo: () => send(pence) });
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    }
  }

  #open(closed: ReturnType<Dialog['open']>['closed']): void {
    closed.subscribe((said) => {
      if (typeof said !== 'string') return;
      this.#toast.show(said);
      this.bills.reload();
    });
  }
}
