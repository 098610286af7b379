import { Dialog } from '@angular/cdk/dialog';
import type { ComponentType } from '@angular/cdk/portal';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AgreementDetailSchema, type AgreementDetail, type InstalmentEntry, type RuleEntry, type SubscriptionEntry } from '@fairshare/contract/agreements.js';
import { SpecialistListSchema } from '@fairshare/contract/procurement.js';
import { ruleOn } from '@fairshare/domain/procurement/index.js';
import { firstValueFrom } from 'rxjs';
import { read } from '../ui/api-client';
import { CurrentCollaboration } from '../ui/current-collaboration';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Figure } from '../ui/figure';
import { Icon } from '../ui/icon';
import { formatDay, today } from '../ui/london';
import { formatMoney, MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State, type Tone } from '../ui/state';
import { Toast } from '../ui/toast';
import type { AgreementChoice } from './agreement-choice';
import { AgreementTerms } from './agreement-terms';
import { PriceDialog } from './price-dialog';
import { nextStep, planNames, registerStates, ruleInWords, unitsInWords } from './procurement-words';
import { RuleDialog } from './rule-dialog';
import { ServiceLabel } from './service-label';
import { SubscriptionDialog } from './subscription-dialog';

/** One agreement: terms in plain words, prices, schools, instalments, and the history of its cost-sharing rule. */
@Component({
  selector: 'fs-agreement',
  imports: [AgreementTerms, DayPipe, Empty, Figure, Icon, MoneyPipe, Page, ProblemNotice, RouterLink, ServiceLabel, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './agreement.html',
})
export class Agreement {
  readonly collaborationId = input.required<string>();
  readonly agreementId = input.required<string>();
  readonly #dialog = inject(Dialog);
  readonly #toast = inject(Toast);
  readonly #here = inject(CurrentCollaboration);
  protected readonly mayChange = computed(() => this.#here.roles().has('coordinator'));
  protected readonly agreement = read(() => `/api/collaborations/${this.collaborationId()}/agreements/${this.agreementId()}`, AgreementDetailSchema);
  readonly #specialists = read(() => `/api/collaborations/${this.collaborationId()}/specialists?size=200`, SpecialistListSchema);
  protected readonly specialists = computed(() => {
    if (!this.agreement.hasValue() || !this.#specialists.hasValue()) return [];
    const ids = this.agreement.value().specialistIds;
    return this.#specialists.value().items.filter((one) => ids.includes(one.id));
  });

  protected readonly ruleNow = computed(() => (this.agreement.hasValue() ? ruleOn(this.agreement.value().rules, today()) : undefined));
  protected readonly rules = computed(() => (this.agreement.hasValue() ? [...this.agreement.value().rules].reverse() : []));
  protected readonly states = registerStates;
  protected readonly plans = planNames;
  protected readonly nextStep = nextStep;
  protected readonly ruleInWords = ruleInWords;
  protected readonly money = formatMoney;
  protected readonly formatDay = formatDay;

  protected instalmentSum(one: AgreementDetail): number {
    return one.instalments.reduce((sum, part) => sum + part.pence, 0);
  }

  protected instalmentState(part: InstalmentEntry): { word: string; tone: Tone } {
    if (part.charged) return { word: 'Charged', tone: 'good' };
    return part.dueOn <= today() ? { word: 'Due', tone: 'warn' } : { word: 'To come', tone: 'neutral' };
  }

  protected schoolCount(one: AgreementDetail): number {
    return new Set(one.subscriptions.map((part) => part.urn)).size;
  }

  protected units(part: SubscriptionEntry): string {
    return part.entitlementMilliunits === null ? 'As used' : unitsInWords(part.entitlementMilliunits, part.unit);
  }

  protected schoolName(one: AgreementDetail, urn: string): string {
    return one.subscriptions.find((part) => part.urn === urn)?.schoolName ?? urn;
  }

  protected subscribe(subscription: SubscriptionEntry | null): Promise<void> {
    return this.#open(SubscriptionDialog, 'fs-subscription-title', subscription ? 'Subscription changed' : 'Subscription added', { subscription });
  }

  protected setPrice(): Promise<void> {
    return this.#open(PriceDialog, 'fs-price-title', 'Price agreed');
  }

  protected agreeRule(rule: RuleEntry | null): Promise<void> {
    return this.#open(RuleDialog, 'fs-rule-title', rule ? 'Rule changed' : 'Rule agreed', { rule });
  }

  async #open(dialog: ComponentType<unknown>, ariaLabelledBy: string, done: string, more: Partial<AgreementChoice> = {}): Promise<void> {
    if (!this.agreement.hasValue()) return;
    const data: AgreementChoice = { collaborationId: this.collaborationId(), agreement: this.agreement.value(), subscription: null, rule: null, ...more };
    const ref = this.#dialog.open<boolean, AgreementChoice>(dialog, { data, panelClass: 'fs-dialog', ariaLabelledBy });
    if (!(await firstValueFrom(ref.closed))) return;
    this.agreement.reload();
    this.#toast.show(done);
  }
}
