import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { AgreementBodySchema, AgreementChangeSchema, AgreementDetailSchema } from '@fairshare/contract/agreements.js';
import { ServiceListSchema, SpecialistListSchema, SupplierListSchema } from '@fairshare/contract/procurement.js';
import { ApiClient, read } from '../ui/api-client';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { Toast } from '../ui/toast';
import { agreementDraftOf, basisUnit, newAgreement, termsOf } from './agreement-draft';
import { FormPrice } from './form-price';
import { FormSchools, type SchoolsDraft } from './form-schools';
import { FormSessions } from './form-sessions';
import { FormTerm } from './form-term';
import { FormWhat } from './form-what';
import { MemberNamesSchema, membersOnce } from './members';
import { unitsName } from './procurement-words';
import { emptyRule, ruleBodyOf, type Faults, type RuleDraft } from './rule-draft';
import { RuleEditor } from './rule-editor';
import { Saving } from '../ui/saving';
import { milliunitsOf } from './subscription-dialog';

type Step = 'what' | 'term' | 'price' | 'sessions' | 'schools' | 'rule';

/** The steps in order, and which faults belong to each; what no step claims belongs to the last. */
const steps: readonly { readonly name: Step; readonly title: string; readonly owns: RegExp }[] = [
  { name: 'what', title: 'What and who', owns: /^(serviceId|supplierId|name|specialistIds)/ },
  { name: 'term', title: 'Term and notice', owns: /^(startsOn|endsOn|noticeDays|leadTimeDays)/ },
  { name: 'price', title: 'Price and payment', owns: /^(price|unit|retainer|instalment|minimumCommitment|baseline)/ },
  { name: 'sessions', title: 'Sessions and cancelling', owns: /^(lengths|step|morning|afternoon|minimumNotice|horizon|objection|cancellation|before|after)/ },
  { name: 'schools', title: 'Schools', owns: /^(school|subscriptions)/ },
  { name: 'rule', title: 'Cost-sharing', owns: /^rule/ },
];

/** Makes an agreement in six steps with the usual values filled in, or changes one. Nothing is stored before the last. */
@Component({
  selector: 'fs-agreement-form',
  imports: [FormPrice, FormSchools, FormSessions, FormTerm, FormWhat, Page, ProblemNotice, RouterLink, RuleEditor, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './agreement-form.html',
  styleUrl: './agreement-form.scss',
})
export class AgreementForm {
  readonly collaborationId = input.required<string>();
  /** Absent for a new agreement. */
  readonly agreementId = input<string>();
  readonly #api = inject(ApiClient);
  readonly #router = inject(Router);
  readonly #toast = inject(Toast);
  protected readonly saving = new Saving();

  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  protected readonly existing = read(() => (this.agreementId() ? `${this.#at()}/agreements/${this.agreementId()}` : undefined), AgreementDetailSchema);
  protected readonly services = read(() => `${this.#at()}/services?size=200`, ServiceListSchema);
  protected readonly suppliers = read(() => `${this.#at()}/suppliers?size=200`, SupplierListSchema);
  protected readonly specialists = read(() => `${this.#at()}/specialists?size=200`, SpecialistListSchema);
  readonly #members = read(() => `${this.#at()}/members?size=200`, MemberNamesSchema);
  protected readonly members = computed(() => (this.#members.hasValue() ? membersOnce(this.#members.value().items) : []));
  protected readonly ready = computed(() => !this.agreementId() || this.existing.hasValue());
  readonly #kept = computed(() => (this.existing.hasValue() ? this.existing.value() : undefined));

  protected readonly draft = linkedSignal(() => {
    const kept = this.#kept();
    return kept ? agreementDraftOf(kept) : newAgreement();
  });
  protected readonly schools = signal<SchoolsDraft>({});
  protected readonly withRule = signal(true);
  readonly #startsOn = computed(() => this.draft().startsOn);
  /** It holds from the first day of the agreement, wherever that moves. */
  protected readonly rule = linkedSignal<string, RuleDraft>({
    source: this.#startsOn,
    computation: (effectiveOn, before) => ({ ...(before?.value ?? emptyRule(effectiveOn)), effectiveOn }),
  });
  protected readonly subscribers = computed(() => this.members().filter(({ urn }) => this.schools()[urn] !== undefined));
  protected readonly unit = computed(() => unitsName(basisUnit(this.draft())));

  readonly #step = queryParamSignal('step', 'what');
  protected readonly steps = computed(() => (this.agreementId() ? steps.filter(({ name }) => name !== 'schools' && name !== 'rule') : steps));
  protected readonly place = computed(() => Math.max(0, this.steps().findIndex(({ name }) => name === this.#step())));
  protected readonly step = computed(() => this.steps()[this.place()]?.name ?? 'what');
  protected readonly last = computed(() => this.place() === this.steps().length - 1);
  protected readonly ruleFaults = computed((): Faults => Object.fromEntries(Object.entries(this.saving.faults()).filter(([path]) => path.startsWith('rule.')).map(([path, text]) => [path.slice(5), text])));

  protected go(place: number): void {
    this.#step.set(this.steps()[place]?.name);
    queueMicrotask(() => document.getElementById('fs-step-heading')?.focus());
  }

  /** On to the next step once this one is right; faults of later steps wait for theirs. */
  protected next(): void {
    this.#check();
    if (this.#faultsOf(this.step()).length === 0) {
      this.saving.clear();
      this.go(this.place() + 1);
    }
  }

  protected async save(): Promise<void> {
    if (!this.#check()) {
      const faulty = this.steps().findIndex(({ name }) => this.#faultsOf(name).length > 0);
      if (faulty >= 0 && faulty !== this.place()) this.go(faulty);
      return;
    }
    const id = this.agreementId();
    const body = this.#body().body;
    const saved = await this.saving.send(() =>
      id ? this.#api.put(`${this.#at()}/agreements/${id}`, body, AgreementDetailSchema) : this.#api.post(`${this.#at()}/agreements`, body, AgreementDetailSchema),
    );
    if (!saved) return;
    this.#toast.show(id ? `${saved.name} changed` : `${saved.name} made`);
    await this.#router.navigate(['/c', this.collaborationId(), 'agreements', saved.id]);
  }

  #check(): boolean {
    const { body, faults } = this.#body();
    return this.saving.check(this.agreementId() ? AgreementChangeSchema : AgreementBodySchema, body, faults);
  }

  #faultsOf(step: Step): readonly string[] {
    return Object.keys(this.saving.faults()).filter((path) => steps.find(({ owns }) => owns.test(path))?.name === step);
  }

  /** What would be sent, and what of it cannot be read yet. */
  #body(): { body: unknown; faults: Faults } {
    const { terms, pricePence, faults } = termsOf(this.draft(), this.#kept());
    if (this.agreementId()) {
      delete faults['pricePence'];
      return { body: terms, faults };
    }
    const subscriptions = this.subscribers().map(({ urn }) => {
      const text = this.schools()[urn]?.trim() ?? '';
      const entitlementMilliunits = text ? milliunitsOf(text) : null;
      if (entitlementMilliunits === undefined) faults[`school.${urn}`] = 'Write units such as 9.5.';
      return { urn, from: this.draft().startsOn, entitlementMilliunits };
    });
    if (!this.withRule()) return { body: { ...terms, pricePence, subscriptions }, faults };
    const agreed = ruleBodyOf(this.rule(), this.subscribers().map(({ urn }) => urn));
    const ruleFaults = Object.fromEntries(Object.entries(agreed.faults).map(([path, text]) => [`rule.${path}`, text]));
    return { body: { ...terms, pricePence, subscriptions, rule: agreed.body }, faults: { ...faults, ...ruleFaults } };
  }
}
