import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output, untracked } from '@angular/core';
import { ApprovalListSchema, ApprovalSchema, type Approval, type ApprovalKind } from '@fairshare/contract/approvals.js';
import { ApiClient, read } from './api-client';
import { Attempt } from './attempt';
import { readsBooks } from './books-tabs';
import { CurrentSession } from './current-session';
import { WhenPipe } from './day';
import { MoneyPipe } from './money';
import { ProblemNotice } from './problem-notice';
import { SecondPerson } from './second-person';
import { Toast } from './toast';

const names: Readonly<Record<ApprovalKind, string>> = {
  'sharing.charge': 'A charge',
  'sharing.correction': 'A correction',
  'sharing.among': 'Who bears a charge',
  'sharing.settlement': 'The actual sum of an estimate',
  'sharing.opening': 'Opening balances',
  'billing.credit-note': 'A credit note',
  'billing.supplier-bill': 'A supplier’s bill',
  'billing.issuer': 'Our bank account',
  'procurement.bank-details': 'A supplier’s bank account',
  'schools.limit': 'The limit itself',
};

/** What waits on this page for a second person; nothing at all where nothing waits. */
@Component({
  selector: 'fs-approvals',
  imports: [MoneyPipe, ProblemNotice, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (waiting().length || error()) {
      <section class="fs-card" aria-labelledby="fs-approvals">
        <h2 id="fs-approvals">Waiting for a second person</h2>
        <fs-problem [error]="error()" />
        <ul>
          @for (one of waiting(); track one.id) {
            <li>
              <div>
                <strong>{{ names[one.kind] }}@if (one.pence !== null) {, <span class="fs-money">{{ one.pence | money }}</span>}</strong>
                <span>{{ one.summary }}</span>
                <span class="fs-quiet fs-small">Asked for by {{ one.askedBy }}, {{ one.askedAt | when }}</span>
              </div>
              @if (one.mayApprove) {
                <span class="fs-row">
                  <button type="button" class="fs-button primary" [attr.aria-disabled]="busy()" [attr.aria-label]="'Approve: ' + one.summary" (click)="decide(one, 'approve')">Approve</button>
                  <button type="button" class="fs-button" [attr.aria-disabled]="busy()" [attr.aria-label]="'Refuse: ' + one.summary" (click)="decide(one, 'refuse')">Refuse</button>
                </span>
              } @else if (decides()) {
                <button type="button" class="fs-button" [attr.aria-disabled]="busy()" [attr.aria-label]="'Take back: ' + one.summary" (click)="decide(one, 'refuse')">Take back</button>
              }
            </li>
          }
        </ul>
      </section>
    }
  `,
  styles: `
    :host:empty { display: none; }
    ul { display: flex; flex-direction: column; gap: 16px; padding: 0; margin: 0; list-style: none; }
    li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 24px; }
    li > div { display: flex; flex: 1 1 16rem; flex-direction: column; min-width: 0; overflow-wrap: anywhere; }
  `,
})
export class Approvals {
  readonly #api = inject(ApiClient);
  readonly #second = inject(SecondPerson);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  readonly kinds = input.required<readonly ApprovalKind[]>();
  /** Something was approved: what the page shows has changed. */
  readonly approved = output();
  protected readonly names = names;
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}/approvals`);
  readonly #list = read(() => (readsBooks(this.#session, this.collaborationId()) ? `${this.#at()}?size=50` : undefined), ApprovalListSchema);
  protected readonly waiting = computed(() => (this.#list.hasValue() ? this.#list.value().items.filter(({ kind }) => this.kinds().includes(kind)) : []));
  protected readonly decides = computed(() => {
    const roles = this.#session.rolesIn(this.collaborationId());
    return roles.has('coordinator') || roles.has('finance-officer');
  });

  constructor() {
    effect(() => {
      if (this.#second.asked() > 0) untracked(() => this.#list.reload());
    });
  }

  protected async decide(one: Approval, how: 'approve' | 'refuse'): Promise<void> {
    await this.#attempt.run(async () => {
      await this.#api.post(`${this.#at()}/${one.id}/${how}`, {}, ApprovalSchema);
      this.#toast.show(how === 'approve' ? `Approved and done: ${one.summary}` : `Nothing was done: ${one.summary}`);
      if (how === 'approve') this.approved.emit();
      this.#list.reload();
    });
  }
}
