import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { SubscriptionBodySchema, SubscriptionChangeSchema, SubscriptionSchema } from '@fairshare/contract/agreements.js';
import { ApiClient, read } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import type { AgreementChoice } from './agreement-choice';
import { MemberNamesSchema, membersOnce } from './members';
import { unitsName } from './procurement-words';
import { Saving } from '../ui/saving';

/** Units as people type them, in thousandths; undefined when they are none. */
export function milliunitsOf(text: string): number | undefined {
  const match = /^(\d{1,6})(?:\.(\d{1,3}))?$/.exec(text.trim());
  return match ? Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0')) : undefined;
}

/** A school joins an agreement, leaves it, or changes what it buys in advance. */
@Component({
  selector: 'fs-subscription-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()">
      <h2 id="fs-subscription-title">{{ choice.subscription ? 'Subscription of ' + choice.subscription.schoolName : 'Add a subscription' }}</h2>
      <fs-problem [error]="saving.problem()" />
      @if (!choice.subscription) {
        <fs-field label="School" [error]="saving.errorFor('urn')">
          <select fsControl class="fs-select" (change)="urn.set($any($event.target).value)">
            <option value="">Choose a member</option>
            @for (member of members(); track member.urn) {
              <option [value]="member.urn" [selected]="member.urn === urn()">{{ member.name }}</option>
            }
          </select>
        </fs-field>
      }
      <fs-date label="From" hint="It pays nothing for the days before." [earliest]="choice.agreement.startsOn" [latest]="choice.agreement.endsOn" [(value)]="from" [error]="saving.errorFor('from')" />
      <fs-date label="Until" [optional]="true" hint="Its last day; empty runs to the end of the agreement." [earliest]="from()" [latest]="choice.agreement.endsOn" [(value)]="until" [error]="saving.errorFor('until')" />
      <fs-field [label]="'Bought in advance, in ' + unit" [optional]="true" hint="9.5 for nine and a half. Empty when the school pays as it uses." [error]="saving.errorFor('entitlementMilliunits')">
        <input fsControl class="fs-input" inputmode="decimal" [value]="units()" (input)="units.set($any($event.target).value)" />
      </fs-field>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">{{ choice.subscription ? 'Save' : 'Add the school' }}</button>
      </div>
    </form>
  `,
})
export class SubscriptionDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<AgreementChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly unit = unitsName(this.choice.agreement.unit);
  protected readonly urn = signal('');
  protected readonly from = signal(this.choice.subscription?.from ?? this.#firstDay());
  protected readonly until = signal(this.choice.subscription?.until ?? '');
  protected readonly units = signal(this.choice.subscription?.entitlementMilliunits ? String(this.choice.subscription.entitlementMilliunits / 1000) : '');
  readonly #members = read(() => (this.choice.subscription ? undefined : `/api/collaborations/${this.choice.collaborationId}/members?size=200`), MemberNamesSchema);
  protected readonly members = computed(() => (this.#members.hasValue() ? membersOnce(this.#members.value().items) : []));

  protected async save(): Promise<void> {
    const { subscription, agreement } = this.choice;
    const entitlementMilliunits = this.units().trim() ? milliunitsOf(this.units()) : null;
    const body = { ...(subscription ? {} : { urn: this.urn() }), from: this.from(), until: this.until() || null, entitlementMilliunits };
    const own: Record<string, string> = {};
    if (!subscription && !this.urn()) own['urn'] = 'Choose a school.';
    if (entitlementMilliunits === undefined) own['entitlementMilliunits'] = 'Write units such as 9.5.';
    if (!this.saving.check(subscription ? SubscriptionChangeSchema : SubscriptionBodySchema, body, own)) return;
    const at = `/api/collaborations/${this.choice.collaborationId}/agreements/${agreement.id}/subscriptions`;
    const saved = await this.saving.send(() => (subscription ? this.#api.put(`${at}/${subscription.id}`, body, SubscriptionSchema) : this.#api.post(at, body, SubscriptionSchema)));
    if (saved) this.ref.close(true);
  }

  #firstDay(): string {
    const { startsOn, endsOn } = this.choice.agreement;
    const now = today();
    return now < startsOn || now > endsOn ? startsOn : now;
  }
}
