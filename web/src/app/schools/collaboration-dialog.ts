import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { doneOrAsked } from '@fairshare/contract/approvals.js';
import { CollaborationSchema, type Collaboration, type Member } from '@fairshare/contract/schools.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';
import { SecondPerson } from '../ui/second-person';

export interface CollaborationChoice {
  readonly collaboration: Collaboration;
  /** Members today, of whom one leads. */
  readonly members: readonly Member[];
}

/** Name, lead school, and above which amount two people are needed. */
@Component({
  selector: 'fs-collaboration-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-collaboration">Name, lead school and limit</h2>
      <fs-problem [error]="error()" />
      <fs-field label="Name" [error]="error()?.messageFor('name')">
        <input fsControl class="fs-input" cdkFocusInitial maxlength="200" [value]="name()" (input)="name.set($any($event.target).value)" />
      </fs-field>
      <fs-field label="Lead school" hint="It holds the money and signs for the others.">
        <select fsControl class="fs-select" (change)="lead.set($any($event.target).value)">
          <option value="" [selected]="lead() === ''">Not chosen yet</option>
          @for (member of choice.members; track member.urn) {
            <option [value]="member.urn" [selected]="member.urn === lead()">{{ member.name }}</option>
          }
        </select>
      </fs-field>
      <fs-field label="Approval limit in pounds" [optional]="true" hint="Above it, and to change a bank account, two people are needed: one asks, another approves. Raising it takes two as well." [error]="limitFault()">
        <input fsControl class="fs-input" inputmode="decimal" [value]="limit()" (input)="limit.set($any($event.target).value)" />
      </fs-field>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="busy()">Save</button>
      </div>
    </form>
  `,
})
export class CollaborationDialog {
  readonly #api = inject(ApiClient);
  readonly #second = inject(SecondPerson);
  protected readonly choice = inject<CollaborationChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<Collaboration>>(DialogRef);
  protected readonly name = signal(this.choice.collaboration.name);
  protected readonly lead = signal(this.choice.collaboration.leadSchoolUrn ?? '');
  protected readonly limit = signal(this.choice.collaboration.approvalLimitPence === null ? '' : (this.choice.collaboration.approvalLimitPence / 100).toFixed(2));
  protected readonly limitFault = signal('');
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected async save(): Promise<void> {
    const pounds = this.limit().replaceAll(/[£,\s]/g, '');
    this.limitFault.set(/^(\d{1,8}(\.\d{1,2})?)?$/.test(pounds) ? '' : 'Write an amount such as 500.00.');
    if (this.limitFault()) return;
    await this.#attempt.run(async () => {
      const wanted = { name: this.name(), leadSchoolUrn: this.lead() || null, approvalLimitPence: pounds ? Math.round(Number(pounds) * 100) : null };
      this.ref.close(this.#second.done(await this.#api.put(`/api/collaborations/${this.choice.collaboration.id}`, wanted, doneOrAsked(CollaborationSchema))));
    });
  }
}
