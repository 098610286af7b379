import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { ChargeListSchema, SharedCostsSchema, type Charge, type ListedCharge } from '@fairshare/contract/sharing.js';
import { Approvals } from '../ui/approvals';
import { ApiClient, read } from '../ui/api-client';
import { CsvButton } from '../ui/csv-button';
import { CurrentSession } from '../ui/current-session';
import { DateField } from '../ui/date-field';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { today } from '../ui/london';
import { MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { kindNames, payersFirst, schoolYearStart, stateOf, withoutDay } from './charge-words';
import { CostMatrix } from './cost-matrix';
import { ExpenseDialog } from './expense-dialog';
import { SharingTabs } from './sharing-tabs';
import { WhyDialog } from './why-dialog';

const pageSize = 50;

/** Charges of a period and each school's share, or schools × services; what the filters say is in the address. */
@Component({
  selector: 'fs-shared-costs',
  imports: [Approvals, CostMatrix, CsvButton, DateField, DayPipe, Empty, Field, FieldControl, Icon, MoneyPipe, Page, ProblemNotice, RouterLink, SharingTabs, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './shared-costs.html',
  styles: `
    .shares { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(280px, 100%), 1fr)); gap: 0 32px; padding: 0; margin: 0; list-style: none; }
    .shares li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; padding: 8px 0; border-bottom: 1px solid var(--fs-line); text-align: left; }
    .shares .fs-number { white-space: nowrap; }
    .opened { background: var(--fs-surface-sunk); }
  `,
})
export class SharedCosts {
  protected readonly withoutDay = withoutDay;
  readonly #api = inject(ApiClient);
  readonly #dialog = inject(Dialog);
  readonly #router = inject(Router);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  protected readonly from = queryParamSignal('from', schoolYearStart());
  protected readonly to = queryParamSignal('to', today());
  protected readonly view = queryParamSignal('view', 'charges');
  protected readonly schoolUrn = queryParamSignal('school');
  protected readonly unshared = queryParamSignal('unshared');
  protected readonly page = queryParamSignal('page', '1');
  protected readonly open = signal<ReadonlySet<string>>(new Set());
  protected readonly kindNames = kindNames;
  protected readonly stateOf = stateOf;
  protected readonly payersFirst = payersFirst;

  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  protected readonly charges = read(() => (this.view() === 'charges' ? `${this.#at()}/charges?${this.#query(Number(this.page()), pageSize)}` : undefined), ChargeListSchema);
  protected readonly matrix = read(() => `${this.#at()}/shared-costs?from=${this.from()}&to=${this.to()}`, SharedCostsSchema);
  protected readonly pages = computed(() => (this.charges.hasValue() ? Math.ceil(this.charges.value().total / pageSize) : 0));
  protected readonly mayCharge = computed(() => this.#session.grants().some((g) => g.collaborationId === this.collaborationId() && !g.schoolUrn && g.role === 'finance-officer'));
  protected readonly filtered = computed(() => this.schoolUrn() !== '' || this.unshared() !== '');
  protected readonly header = ['Day', 'Charge', 'What it is', 'Agreement', 'Charge in pounds', 'School', 'URN', 'Share in pounds'];
  /** All charges of the filters, not only this page. */
  protected readonly rows = async (): Promise<string[][]> => {
    const items: ListedCharge[] = [];
    for (let page = 1, total = 1; items.length < total; page++) {
      const list = await this.#api.get(`${this.#at()}/charges?${this.#query(page, 200)}`, ChargeListSchema);
      items.push(...list.items);
      total = list.items.length === 0 ? 0 : list.total;
    }
    return items.flatMap(csvRowsOf);
  };
  /** The one school whose share stands beside each charge: that of the filter, or the only one that somebody sees. */
  protected readonly one = computed(() => {
    if (!this.matrix.hasValue()) return undefined;
    const { schools } = this.matrix.value();
    return this.schoolUrn() ? schools.find(({ urn }) => urn === this.schoolUrn()) : schools.length === 1 ? schools[0] : undefined;
  });
  protected readonly isOwn = computed(() => this.#session.schoolUrns().includes(this.one()?.urn ?? ''));
  protected readonly shareWord = computed(() => (this.isOwn() ? 'Our share' : 'Its share'));

  /** What a school pays of a charge; undefined where it pays nothing. */
  protected shareOf(charge: ListedCharge, urn: string): ListedCharge['shares'][number] | undefined {
    return charge.shares.find((share) => share.urn === urn && share.pence !== 0);
  }

  protected set(param: 'from' | 'to' | 'schoolUrn' | 'unshared', value: string): void {
    this[param].set(value);
    this.page.set('1');
  }

  protected showAll(): void {
    this.schoolUrn.set('');
    this.set('unshared', '');
  }

  protected step(by: number): void {
    this.page.set(String(Number(this.page()) + by));
  }

  protected toggle(id: string): void {
    const open = new Set(this.open());
    if (!open.delete(id)) open.add(id);
    this.open.set(open);
  }

  protected why(charge: ListedCharge, share: ListedCharge['shares'][number]): void {
    const data = { collaborationId: this.collaborationId(), chargeId: charge.id, urn: share.urn, schoolName: share.schoolName };
    this.#dialog.open(WhyDialog, { data, panelClass: ['fs-dialog', 'wide'], ariaLabelledBy: 'fs-why' });
  }

  protected addExpense(): void {
    this.#dialog.open(ExpenseDialog, { data: { collaborationId: this.collaborationId() }, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-expense' }).closed.subscribe((made) => {
      if (!made) return;
      const charge = made as Charge;
      this.#toast.show(charge.shared ? 'Charged and shared' : 'Charged; it could not be shared yet');
      void this.#router.navigate(['/c', this.collaborationId(), 'shared-costs', charge.id]);
    });
  }

  #query(page: number, size: number): string {
    const query = new URLSearchParams({ from: this.from(), to: this.to(), size: String(size), page: String(page) });
    if (this.schoolUrn()) query.set('schoolUrn', this.schoolUrn());
    if (this.unshared()) query.set('unshared', 'true');
    return query.toString();
  }
}

const inPounds = (pence: number) => (pence / 100).toFixed(2);

/** A row a share; a charge that waits stands without one. */
function csvRowsOf(charge: ListedCharge): string[][] {
  const of = [charge.belongsOn, charge.description, kindNames[charge.kind], charge.agreementName ?? '', inPounds(charge.pence)];
  return charge.shares.length > 0 ? charge.shares.map((share) => [...of, share.schoolName, share.urn, inPounds(share.pence)]) : [[...of, '', '', '']];
}
