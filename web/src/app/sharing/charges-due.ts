import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ChargesDueSchema, type DueChargeEntry } from '@fairshare/contract/charges-due.js';
import { ChargedInstalmentsSchema } from '@fairshare/contract/sharing.js';
import { Attempt } from '../ui/attempt';
import { ApiClient, read } from '../ui/api-client';
import { CsvButton } from '../ui/csv-button';
import { CurrentSession } from '../ui/current-session';
import { DateField } from '../ui/date-field';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { addDays, today } from '../ui/london';
import { formatMoney, MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { kindNames, payersFirst } from './charge-words';
import { SharingTabs } from './sharing-tabs';

/** What falls due, why, and what each school would pay of it: seen before it is made, and made in one click. */
@Component({
  selector: 'fs-charges-due',
  imports: [CsvButton, DateField, DayPipe, Empty, Icon, MoneyPipe, Page, ProblemNotice, RouterLink, SharingTabs, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './charges-due.html',
  styles: `
    .bar { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-end; justify-content: space-between; }
    .bar fs-date { flex: 0 1 220px; }
    ul { margin: 0; padding-left: 1.25em; }
    .shares { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr)); gap: 0 32px; padding: 0; list-style: none; }
    .shares li { display: flex; justify-content: space-between; gap: 16px; padding: 6px 0; border-bottom: 1px solid var(--fs-line); }
    .waiting { padding: 0; list-style: none; }
    .waiting li { padding: 10px 0; border-bottom: 1px solid var(--fs-line); }
    section .fs-button { justify-self: start; }
    .fs-number { white-space: nowrap; }
    .moved { display: block; white-space: nowrap; }
    .opened { background: var(--fs-surface-sunk); }
    .opened td { text-align: left; }
  `,
})
export class ChargesDue {
  readonly #api = inject(ApiClient);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  protected readonly through = queryParamSignal('through', today());
  protected readonly latest = addDays(today(), 31);
  protected readonly kindNames = kindNames;
  protected readonly payersFirst = payersFirst;
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly busy = this.#attempt.busy;
  protected readonly open = signal<ReadonlySet<string>>(new Set());
  /** What somebody took out; everything else is made. */
  protected readonly left = signal<ReadonlySet<string>>(new Set());
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}/charges-due`);
  protected readonly due = read(() => `${this.#at()}?through=${this.through()}`, ChargesDueSchema);
  protected readonly chosen = computed(() => (this.due.hasValue() ? this.due.value().items.filter(({ key }) => !this.left().has(key)) : []));
  protected readonly someByHand = computed(() => this.due.hasValue() && this.due.value().items.some(({ byHand }) => byHand));
  protected readonly chosenPence = computed(() => this.chosen().reduce((sum, { pence }) => sum + pence, 0));
  protected readonly mayCharge = computed(() => this.#session.grants().some((g) => g.collaborationId === this.collaborationId() && !g.schoolUrn && g.role === 'finance-officer'));
  protected readonly header = ['Due', 'Charge', 'What it is', 'Agreement', 'Charge in pounds', 'How it was worked out', 'School', 'Share in pounds'];
  protected readonly rows = () => (this.due.hasValue() ? this.due.value().items : []).flatMap(rowsOf);

  constructor() {
    effect(() => {
      this.through();
      untracked(() => this.left.set(new Set()));
    });
  }

  /** What a division anew takes from some schools and gives to others. */
  protected moved({ shares }: DueChargeEntry): number {
    return shares.reduce((sum, { pence }) => sum + Math.max(0, pence), 0);
  }

  protected toggle(which: 'open' | 'left', key: string): void {
    const keys = new Set(this[which]());
    if (!keys.delete(key)) keys.add(key);
    this[which].set(keys);
  }

  protected async make(): Promise<void> {
    const keys = this.left().size > 0 ? { keys: this.chosen().map(({ key }) => key) } : {};
    await this.#attempt.run(async () => {
      const { charged, pence, unshared } = await this.#api.post(this.#at(), { through: this.through(), ...keys }, ChargedInstalmentsSchema);
      this.#toast.show(`${charged} ${charged === 1 ? 'charge' : 'charges'} made, ${formatMoney(pence)}${unshared > 0 ? `; ${unshared} could not be shared yet` : ''}`);
      this.left.set(new Set());
      this.due.reload();
    });
  }
}

const inPounds = (pence: number) => (pence / 100).toFixed(2);

function rowsOf(due: DueChargeEntry): string[][] {
  const of = [due.dueOn, due.description, kindNames[due.kind], due.agreementName ?? '', inPounds(due.pence), due.workings.join(' ')];
  return due.shares.length > 0 ? due.shares.map((share) => [...of, share.schoolName, inPounds(share.pence)]) : [[...of, '', '']];
}
