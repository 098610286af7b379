import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ChargeSchema, ChargeSharesSchema, type Share } from '@fairshare/contract/sharing.js';
import { ApiClient, read } from '../ui/api-client';
import { CsvButton } from '../ui/csv-button';
import { CurrentSession } from '../ui/current-session';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { kindNames, payersFirst, serviceDays, stateOf } from './charge-words';
import { CorrectDialog } from './correct-dialog';
import { SettleDialog } from './settle-dialog';
import { ShareAmongDialog } from './share-among-dialog';
import { WhyDialog } from './why-dialog';

/** One charge with every school's share, and why each is what it is. */
@Component({
  selector: 'fs-charge-page',
  imports: [CsvButton, DayPipe, Empty, Icon, MoneyPipe, Page, ProblemNotice, RouterLink, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './charge-page.html',
  styles: `
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(180px, 100%), 1fr)); gap: 16px 24px; margin: 0; }
    dt { color: var(--fs-text-soft); font-size: 0.875rem; }
    @media (max-width: 480px) { .facts { grid-template-columns: 1fr 1fr; gap: 12px 16px; } }
    .workings { font-size: 1rem; margin-bottom: 8px; }
    ul { margin: 0; padding-left: 1.25em; }
    dd { margin: 0; font-weight: 550; overflow-wrap: anywhere; }
  `,
})
export class ChargePage {
  readonly #api = inject(ApiClient);
  readonly #dialog = inject(Dialog);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  readonly chargeId = input.required<string>();
  protected readonly kindNames = kindNames;
  protected readonly serviceDays = serviceDays;
  protected readonly stateOf = stateOf;
  protected readonly error = signal<Problem | undefined>(undefined);
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}/charges/${this.chargeId()}`);
  protected readonly shares = read(() => `${this.#at()}/shares`, ChargeSharesSchema);
  protected readonly detail = computed(() => (this.shares.hasValue() ? this.shares.value() : undefined));
  protected readonly charge = computed(() => this.detail()?.charge);
  /** The agreement that it belongs to, where the charge does not bear its name already. */
  protected readonly purpose = computed(() => (this.charge()?.agreementName === this.charge()?.description ? '' : (this.charge()?.agreementName ?? '')));
  protected readonly items = computed(() => payersFirst(this.detail()?.items ?? []));
  /** Of a session for one school the others pay nothing: they are told in a line, and shown when asked for. */
  protected readonly everybody = signal(false);
  protected readonly silent = computed(() => this.items().filter(({ pence }) => pence === 0).length);
  protected readonly shownShares = computed(() => (this.everybody() || this.silent() < 2 ? this.items() : this.items().filter(({ pence }) => pence !== 0)));
  protected readonly mayCharge = computed(() => this.#session.grants().some((g) => g.collaborationId === this.collaborationId() && !g.schoolUrn && g.role === 'finance-officer'));
  protected readonly csvHeader = ['School', 'URN', 'Share in pounds', 'Exact pence', 'Carried before', 'Carried after', 'Why'];
  protected readonly csvRows = () =>
    this.items().map((s) => [s.schoolName, s.urn, (s.pence / 100).toFixed(2), s.exactPence, s.carriedBeforePence, s.carriedAfterPence, s.sentences.join(' ')]);

  /** A school disputes its own share; the page of disputes asks why. */
  protected mayDispute(share: Share): boolean {
    return share.pence > 0 && this.#session.grants().some((g) => g.schoolUrn === share.urn && (g.role === 'finance-officer' || g.role === 'business-manager'));
  }

  protected why(share: Share): void {
    const data = { collaborationId: this.collaborationId(), chargeId: this.chargeId(), urn: share.urn, schoolName: share.schoolName };
    this.#dialog.open(WhyDialog, { data, panelClass: ['fs-dialog', 'wide'], ariaLabelledBy: 'fs-why' });
  }

  protected correct(): void {
    const charge = this.charge();
    if (!charge) return;
    this.#dialog.open(CorrectDialog, { data: { collaborationId: this.collaborationId(), charge }, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-correct' }).closed.subscribe((done) => {
      if (!done) return;
      this.#toast.show('Corrected');
      this.shares.reload();
    });
  }

  protected settle(): void {
    const charge = this.charge();
    if (!charge) return;
    this.#dialog.open(SettleDialog, { data: { collaborationId: this.collaborationId(), charge }, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-settle' }).closed.subscribe((done) => {
      if (!done) return;
      this.#toast.show('The actual sum is entered');
      this.shares.reload();
    });
  }

  protected shareAmong(): void {
    const charge = this.charge();
    if (!charge) return;
    this.#dialog.open(ShareAmongDialog, { data: { collaborationId: this.collaborationId(), charge }, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-share-among' }).closed.subscribe((done) => {
      if (!done) return;
      this.#toast.show('Shared');
      this.shares.reload();
    });
  }

  protected async tryAgain(): Promise<void> {
    this.error.set(undefined);
    try {
      const charge = await this.#api.post(`${this.#at()}/share`, undefined, ChargeSchema);
      this.#toast.show(charge.shared ? 'Shared' : 'It still cannot be shared');
      this.shares.reload();
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    }
  }
}
