import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AgreementDetailSchema, RuleBodySchema, RuleSchema } from '@fairshare/contract/agreements.js';
import { WhatIfBasisSchema } from '@fairshare/contract/sharing.js';
import { DomainError } from '@fairshare/domain/kernel/domain-error.js';
import { ruleOn } from '@fairshare/domain/procurement/index.js';
import { ApiClient, read } from '../ui/api-client';
import { CsvButton, type CsvCell } from '../ui/csv-button';
import { CurrentCollaboration } from '../ui/current-collaboration';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { addDays, today } from '../ui/london';
import { formatMoney, MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { Toast } from '../ui/toast';
import { ruleInWords } from './procurement-words';
import { emptyRule, ruleBodyOf, ruleDraftOf, sharingOf } from './rule-draft';
import { RuleEditor } from './rule-editor';
import { Saving } from '../ui/saving';
import { sharedOtherwise, type WhatIfOutcome, type WhatIfRow } from './what-if-sums';

/** Why a rule cannot divide the year's charges, in the words of a bursar. */
const refusals: Readonly<Record<string, string>> = {
  'cost-sharing.no-participants': 'No school took part in one of the charges.',
  'cost-sharing.no-weight': 'On some days nobody has any number to share by, such as use or pupil-premium pupils.',
  'cost-sharing.not-whole': 'The fixed percentages are not exactly 100 % on every day: a school among them took part only for a while.',
  'cost-sharing.cap-too-low': 'The cap is so low that the schools together would not pay the whole charge.',
  'cost-sharing.floor-too-high': 'The floors together are more than one of the charges.',
};

/** Move the rule, and see every school's share of the last year's real charges change at once. Nothing is stored until it is agreed. */
@Component({
  selector: 'fs-what-if',
  imports: [CsvButton, DayPipe, Empty, Icon, MoneyPipe, Page, ProblemNotice, RouterLink, RuleEditor, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './what-if.html',
  styleUrl: './what-if.scss',
})
export class WhatIf {
  readonly collaborationId = input.required<string>();
  readonly agreementId = input.required<string>();
  readonly #api = inject(ApiClient);
  readonly #toast = inject(Toast);
  readonly #here = inject(CurrentCollaboration);
  protected readonly mayChange = computed(() => this.#here.roles().has('coordinator'));

  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}/agreements/${this.agreementId()}`);
  protected readonly agreement = read(() => this.#at(), AgreementDetailSchema);
  protected readonly basis = read(() => `${this.#at()}/what-if-basis?from=${addDays(today(), -365)}&to=${today()}`, WhatIfBasisSchema);
  protected readonly agreeing = signal(false);
  protected readonly saving = new Saving();

  /** Each school once: a school that left and came back takes part twice. */
  protected readonly schools = computed(() =>
    this.basis.hasValue() ? [...new Map(this.basis.value().participants.map(({ urn, name }) => [urn, { urn, name }])).values()] : [],
  );
  readonly #ruleNow = computed(() => (this.agreement.hasValue() ? ruleOn(this.agreement.value().rules, today()) ?? this.agreement.value().rules[0] : undefined));
  /** Where trying begins: the rule in force, to be agreed anew from tomorrow. */
  readonly #start = computed(() => {
    const rule = this.#ruleNow();
    const tomorrow = addDays(today(), 1);
    return rule ? { ...ruleDraftOf(rule), effectiveOn: tomorrow, agreedOn: today(), agreedBy: '' } : emptyRule(tomorrow);
  });
  protected readonly draft = linkedSignal(() => this.#start());
  readonly #sharing = computed(() => sharingOf(this.draft(), this.schools().map(({ urn }) => urn)));
  protected readonly faults = computed(() => ({ ...this.#sharing().faults, ...this.saving.faults() }));

  protected readonly outcome = computed((): WhatIfOutcome & { refusal?: string } => {
    if (!this.basis.hasValue() || Object.keys(this.#sharing().faults).length > 0) return { rows: [], leftAsCharged: 0 };
    try {
      return sharedOtherwise(this.basis.value(), this.#sharing().rule);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { rows: [], leftAsCharged: 0, refusal: refusals[error.code] ?? 'This rule cannot divide the charges.' };
    }
  });
  /** True where today's rule too gives other sums than were charged: schools joined, left or changed their numbers since, or the rule did. */
  protected readonly changedSince = computed(() => {
    if (!this.basis.hasValue()) return false;
    const basis = this.basis.value();
    const { rule, faults } = sharingOf(this.#start(), this.schools().map(({ urn }) => urn));
    if (Object.keys(faults).length > 0) return false;
    try {
      return sharedOtherwise(basis, rule).rows.some(({ differencePence }) => Math.abs(differencePence) > basis.charges.length);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return false;
    }
  });
  protected readonly totalPence = computed(() => (this.basis.hasValue() ? this.basis.value().charges.reduce((sum, charge) => sum + charge.pence, 0) : 0));
  readonly #most = computed(() => Math.max(1, ...this.outcome().rows.map((row) => Math.abs(row.differencePence))));

  protected readonly sentence = computed(() => {
    const { rows } = this.outcome();
    const more = rows.filter((row) => row.differencePence > 0);
    const less = rows.filter((row) => row.differencePence < 0);
    if (more.length + less.length === 0) return 'Nobody would have paid more or less.';
    const furthest = (list: readonly WhatIfRow[]) => [...list].sort((a, b) => Math.abs(b.differencePence) - Math.abs(a.differencePence))[0];
    const [winner, loser] = [furthest(less), furthest(more)];
    const parts = [
      `${more.length} would have paid more and ${less.length} less.`,
      loser ? `${loser.name} the most more: ${formatMoney(loser.differencePence)}.` : '',
      winner ? `${winner.name} the most less: ${formatMoney(-winner.differencePence)}.` : '',
    ];
    return parts.filter(Boolean).join(' ');
  });
  protected readonly nowInWords = computed(() => {
    const rule = this.#ruleNow();
    return rule ? ruleInWords(rule) : 'no rule is agreed yet.';
  });
  protected readonly wanted = computed(() => {
    const { rule } = this.#sharing();
    return ruleInWords({ basis: rule.basis, parts: rule.parts ?? null, groups: rule.groups ?? null, leavers: rule.leavers, capBasisPoints: rule.capBasisPoints ?? null, capPence: rule.capPence ?? null, floorPence: rule.floorPence ?? null, censusOn: null });
  });
  protected readonly csvHeader = ['URN', 'School', 'Charged, pence', 'With this rule, pence', 'Difference, pence'];
  protected readonly csvRows = (): CsvCell[][] => this.outcome().rows.map((row) => [row.urn, row.name, row.nowPence, row.thenPence, row.differencePence]);

  protected width(row: WhatIfRow): number {
    return (Math.abs(row.differencePence) / this.#most()) * 50;
  }

  protected reset(): void {
    this.draft.set(this.#start());
  }

  protected async agree(): Promise<void> {
    const { body, faults } = ruleBodyOf(this.draft(), this.schools().map(({ urn }) => urn));
    if (!this.saving.check(RuleBodySchema, body, faults)) return;
    const saved = await this.saving.send(() => this.#api.post(`${this.#at()}/rules`, body, RuleSchema));
    if (!saved) return;
    this.agreeing.set(false);
    this.agreement.reload();
    this.#toast.show('The rule is agreed');
  }
}
