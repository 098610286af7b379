import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, linkedSignal } from '@angular/core';
import { AgreementDetailSchema } from '@fairshare/contract/agreements.js';
import { doneOrAsked } from '@fairshare/contract/approvals.js';
import { MemberListSchema } from '@fairshare/contract/schools.js';
import { ChargeSchema, ShareAmongSchema, type Charge } from '@fairshare/contract/sharing.js';
import { membersOnce } from '../procurement/members';
import { ApiClient, read } from '../ui/api-client';
import { formatMoney } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { Saving } from '../ui/saving';
import { SecondPerson } from '../ui/second-person';
import { Skeleton } from '../ui/skeleton';

/** A charge that its rule cannot divide, divided equally among the schools that are ticked. Closes with true when it was. */
@Component({
  selector: 'fs-share-among-dialog',
  imports: [ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-share-among">Share it among schools</h2>
      <p>{{ choice.charge.description }}, {{ money(choice.charge.pence) }}. The agreement’s rule cannot divide it; the schools that you tick pay it equally{{ each() ? ': ' + each() : '' }}.</p>
      <fs-problem [error]="saving.problem()" />
      @if (members.hasValue() && (agreement.hasValue() || !choice.charge.agreementId)) {
        <fieldset class="fs-stack">
          <legend class="fs-quiet">{{ chosen().size }} of the {{ schools().length }} schools that were members then</legend>
          @for (school of schools(); track school.urn) {
            <label class="fs-check"><input type="checkbox" [checked]="chosen().has(school.urn)" (change)="toggle(school.urn)" /><span>{{ school.name }}</span></label>
          }
        </fieldset>
        @if (saving.errorFor('schoolUrns'); as fault) { <p role="alert">{{ fault }}</p> }
      } @else {
        <fs-skeleton what="schools" [rows]="4" />
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Share it</button>
      </div>
    </form>
  `,
  styles: `fieldset { margin: 0; padding: 0; border: 0; gap: 8px; } legend { padding: 0; margin-bottom: 8px; }`,
})
export class ShareAmongDialog {
  readonly #api = inject(ApiClient);
  readonly #second = inject(SecondPerson);
  protected readonly choice = inject<{ collaborationId: string; charge: Charge }>(DIALOG_DATA);
  readonly #at = `/api/collaborations/${this.choice.collaborationId}`;
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly money = formatMoney;
  protected readonly members = read(() => `${this.#at}/members?size=200`, MemberListSchema);
  protected readonly agreement = read(() => (this.choice.charge.agreementId ? `${this.#at}/agreements/${this.choice.charge.agreementId}` : undefined), AgreementDetailSchema);
  /** Who was a member on a day of the service: nobody else can be charged for it. */
  protected readonly schools = computed(() => (this.members.hasValue() ? membersOnce(this.members.value().items.filter((one) => this.#isIn(one))) : []));
  /** Those who subscribed to it then, or everybody; until somebody changes a tick. */
  protected readonly chosen = linkedSignal<ReadonlySet<string>>(() => {
    const subscribed = new Set(this.agreement.hasValue() ? this.agreement.value().subscriptions.filter((one) => this.#isIn(one)).map(({ urn }) => urn) : []);
    const meant = this.schools().filter(({ urn }) => subscribed.has(urn));
    return new Set((meant.length > 0 ? meant : this.schools()).map(({ urn }) => urn));
  });
  /** "£90.00 each", or between which pennies. */
  protected readonly each = computed(() => {
    const { size } = this.chosen();
    if (size === 0) return '';
    const { pence } = this.choice.charge;
    const [least, most] = [Math.floor(pence / size), Math.ceil(pence / size)];
    return least === most ? `${formatMoney(least)} each` : `${formatMoney(least)} or ${formatMoney(most)} each`;
  });

  protected toggle(urn: string): void {
    const chosen = new Set(this.chosen());
    if (!chosen.delete(urn)) chosen.add(urn);
    this.chosen.set(chosen);
  }

  #isIn({ from, until }: { readonly from: string; readonly until: string | null }): boolean {
    const { serviceFrom, serviceTo } = this.choice.charge;
    return from <= serviceTo && (until === null || until >= serviceFrom);
  }

  protected async save(): Promise<void> {
    const body = { schoolUrns: [...this.chosen()] };
    if (!this.saving.check(ShareAmongSchema, body)) return;
    const at = `${this.#at}/charges/${this.choice.charge.id}/share-among`;
    const answer = await this.saving.send(() => this.#api.post(at, body, doneOrAsked(ChargeSchema)));
    if (answer) this.ref.close(this.#second.done(answer) !== undefined);
  }
}
