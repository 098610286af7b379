import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { EntitlementAccountsSchema, EntitlementLinesSchema, type EntitlementAccount, type EntitlementLines } from '@fairshare/contract/board.js';
import { EntitlementMovedSchema } from '@fairshare/contract/entitlements.js';
import { firstValueFrom } from 'rxjs';
import { ApiClient, read } from '../ui/api-client';
import { CurrentSession } from '../ui/current-session';
import { CsvButton } from '../ui/csv-button';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { formatDay, today } from '../ui/london';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { Toast } from '../ui/toast';
import { WorkingsDialog, type Workings } from '../ui/workings';
import { colourOf } from './booking-words';
import { CalendarTabs } from './calendar-tabs';
import { LendDialog, type LendChoice, type Lent } from './lend-dialog';

const kindWords: Readonly<Record<EntitlementLines['items'][number]['kind'], string>> = {
  granted: 'Bought', taken: 'Taken by a session', returned: 'Given back', lent: 'Lent', borrowed: 'Borrowed', expired: 'Lapsed', 'carried-over': 'Carried over',
};
const unitWords: Readonly<Record<string, readonly [string, string]>> = { day: ['day', 'days'], 'half-day': ['half day', 'half days'], hour: ['hour', 'hours'], session: ['session', 'sessions'] };

/** Thousandths as people write them: `2.5`. */
export function formatUnits(milliunits: number): string {
  return (milliunits / 1000).toLocaleString('en-GB', { maximumFractionDigits: 3 });
}

/** Used, booked and left of everything that was bought in advance, and the lines of the ledger behind each number. */
@Component({
  selector: 'fs-entitlements',
  imports: [CalendarTabs, CsvButton, DayPipe, Empty, Field, FieldControl, Page, ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './entitlements.html',
  styles: `
    ul { list-style: none; margin: 0; padding: 0; }
    li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 24px; padding: 12px 0; }
    li + li { border-top: 1px solid var(--fs-line); }
    .name { flex: 1 1 280px; display: flex; flex-direction: column; min-width: 0; }
    .sums { flex: 2 1 260px; min-width: 0; font-variant-numeric: tabular-nums; }
    .bar { display: flex; height: 10px; border-radius: 5px; overflow: hidden; background: var(--fs-surface-high); margin-bottom: 4px; gap: 2px; }
    .bar span { flex-basis: 0; }
    .used { background: var(--fs-accent); }
    .booked { background: color-mix(in oklab, var(--fs-accent) 45%, var(--fs-surface)); }
    .none { color: var(--fs-bad); }
    .dot { display: inline-block; width: 12px; height: 12px; border-radius: 6px; margin-right: 8px; }
  `,
})
export class Entitlements {
  readonly collaborationId = input.required<string>();
  readonly #api = inject(ApiClient);
  readonly #dialog = inject(Dialog);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  protected readonly schoolUrn = queryParamSignal('school');
  protected readonly colour = colourOf;
  protected readonly units = formatUnits;

  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}/entitlements`);
  protected readonly accounts = read(() => `${this.#at()}/accounts`, EntitlementAccountsSchema);
  readonly #all = computed(() => (this.accounts.hasValue() ? this.accounts.value().items : []));
  protected readonly schools = computed(() => [...new Map(this.#all().map((one) => [one.schoolUrn, { urn: one.schoolUrn, name: one.schoolName }])).values()].sort((a, b) => a.name.localeCompare(b.name)));
  /** One's own school first; who has none sees all of them. */
  protected readonly shownUrn = computed(() => this.schoolUrn() || this.schools().find((school) => this.#session.schoolUrns().includes(school.urn))?.urn || 'all');
  protected readonly groups = computed(() => {
    const shown = this.#all().filter((one) => this.shownUrn() === 'all' || one.schoolUrn === this.shownUrn());
    const groups = new Map<string, { agreementId: string; name: string; colour: string | null; accounts: EntitlementAccount[] }>();
    for (const account of shown) {
      const group = groups.get(account.agreementId) ?? { agreementId: account.agreementId, name: account.agreementName, colour: account.colour, accounts: [] };
      group.accounts.push(account);
      groups.set(account.agreementId, group);
    }
    return [...groups.values()];
  });

  protected readonly csvHeader = ['School', 'URN', 'Agreement', 'From', 'To', 'Unit', 'Bought', 'Lent, borrowed, expired or carried over', 'Used', 'Booked', 'Left'];
  protected readonly csvRows = () =>
    this.groups().flatMap(({ accounts }) =>
      accounts.map((one) => [
        one.schoolName, one.schoolUrn, one.agreementName, one.from, one.to, one.unit,
        ...[one.boughtMilliunits, one.otherMilliunits, one.usedMilliunits, one.bookedMilliunits, one.leftMilliunits].map((milliunits) => milliunits / 1000),
      ]));

  protected unitWord({ unit }: EntitlementAccount, milliunits: number): string {
    const [one, many] = unitWords[unit] ?? [unit, unit];
    return milliunits === 1000 ? one : many;
  }

  /** A school lends its own, the coordinator everybody's, as long as something is left and can still be used. */
  protected mayLend(account: EntitlementAccount): boolean {
    const roles = this.#session.rolesIn(this.collaborationId());
    const isOwn = roles.has('business-manager') && this.#session.schoolUrns().includes(account.schoolUrn);
    return (roles.has('coordinator') || isOwn) && account.leftMilliunits > 0 && account.to >= today() && this.#others(account).length > 0;
  }

  protected async lend(account: EntitlementAccount): Promise<void> {
    const data: LendChoice = { collaborationId: this.collaborationId(), account, unitWords: unitWords[account.unit] ?? [account.unit, account.unit], schools: this.#others(account) };
    const lent = await firstValueFrom(this.#dialog.open<Lent>(LendDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-lend-title' }).closed);
    if (lent === undefined) return;
    this.accounts.reload();
    // Lending back is a deed of the school that borrowed: only who acts for both takes it back at once.
    const actsForBoth = this.#session.rolesIn(this.collaborationId()).has('coordinator') || this.#session.schoolUrns().includes(lent.urn);
    this.#toast.show(`Lent to ${lent.name}`, actsForBoth ? { undo: () => this.#giveBack(account, lent) } : {});
  }

  async #giveBack({ agreementId, schoolUrn, from, to }: EntitlementAccount, { urn, milliunits }: Lent): Promise<void> {
    await this.#api.post(`/api/collaborations/${this.collaborationId()}/entitlements/loans`, { agreementId, fromUrn: urn, toUrn: schoolUrn, from, to, milliunits }, EntitlementMovedSchema);
    this.accounts.reload();
  }

  /** The other schools with an account of the same agreement. */
  #others(account: EntitlementAccount): { urn: string; name: string }[] {
    const others = this.#all().filter((one) => one.agreementId === account.agreementId && one.schoolUrn !== account.schoolUrn);
    return [...new Map(others.map((one) => [one.schoolUrn, { urn: one.schoolUrn, name: one.schoolName }])).values()];
  }

  protected async explain(account: EntitlementAccount): Promise<void> {
    const { agreementId, schoolUrn, from, to } = account;
    try {
      const lines = await this.#api.get(`${this.#at()}/lines?${new URLSearchParams({ agreementId, schoolUrn, from, to })}`, EntitlementLinesSchema);
      this.#dialog.open(WorkingsDialog, { data: workingsOf(account, lines), panelClass: ['fs-dialog', 'wide'], ariaLabelledBy: 'fs-workings-title', autoFocus: 'dialog' });
    } catch (thrown) {
      this.#toast.show(Problem.of(thrown).detail ?? 'It could not be read', { tone: 'bad' });
    }
  }
}

const signed = (milliunits: number) => `${milliunits < 0 ? '−' : '+'}${formatUnits(Math.abs(milliunits))}`;

function workingsOf(account: EntitlementAccount, { items, unit }: EntitlementLines): Workings {
  return {
    title: `${account.schoolName}: ${account.agreementName}`,
    formula: `Every line of the ledger of ${(unitWords[unit] ?? [unit, unit])[1]}, ${formatDay(account.from)} to ${formatDay(account.to)}. Lines are added and never changed; what is left is their sum.`,
    columns: [{ label: 'Day' }, { label: 'What' }, { label: 'Units', number: true }, { label: 'Left', number: true }],
    rows: items.map((line) => [formatDay(line.on), wordsOf(line), signed(line.milliunits), formatUnits(line.leftMilliunits)]),
    total: ['', 'Left', '', formatUnits(account.leftMilliunits)],
  };
}

function wordsOf({ kind, startsAt, counterpartName }: EntitlementLines['items'][number]): string {
  const what = kindWords[kind];
  if (startsAt) return `${what}${kind === 'returned' ? ' by the session' : ''} of ${formatDay(startsAt)}`;
  if (counterpartName) return `${what} ${kind === 'lent' ? 'to' : 'from'} ${counterpartName}`;
  return what;
}
