import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { DisputeSchema, OpenDisputeSchema } from '@fairshare/contract/books.js';
import { Saving } from '../ui/saving';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';

export interface DisputedShare {
  readonly shareId: string;
  readonly description: string;
}

/** Says that a share is wrong, and why. */
@Component({
  selector: 'fs-dispute-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-dispute">Dispute this share</h2>
      <p>{{ choice.share.description || 'Your share' }}. It is not due until the collaboration has decided; your other shares and the other schools stay as they are.</p>
      <fs-problem [error]="saving.problem()" />
      <fs-field label="What is wrong with it?" hint="Whoever decides reads it." [error]="saving.errorFor('reason')">
        <textarea fsControl class="fs-textarea" cdkFocusInitial maxlength="500" [value]="reason()" (input)="reason.set($any($event.target).value)"></textarea>
      </fs-field>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Dispute it</button>
      </div>
    </form>
  `,
})
export class DisputeDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<{ collaborationId: string; share: DisputedShare }>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly reason = signal('');

  protected async save(): Promise<void> {
    const body = { shareId: this.choice.share.shareId, reason: this.reason() };
    if (!this.saving.check(OpenDisputeSchema, body)) return;
    if (await this.saving.send(() => this.#api.post(`/api/collaborations/${this.choice.collaborationId}/disputes`, body, DisputeSchema))) this.ref.close(true);
  }
}
