import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MemberSchema, type Member } from '@fairshare/contract/schools.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { ProblemNotice } from '../ui/problem-notice';

export interface MemberDates {
  readonly collaborationId: string;
  readonly member: Member;
}

/** The first and the last day of a membership; without a last day it goes on. */
@Component({
  selector: 'fs-member-dates-dialog',
  imports: [DateField, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-member-dates">{{ data.member.name }}</h2>
      <fs-problem [error]="error()" />
      <fs-date label="Member from" [(value)]="from" />
      <fs-date label="Last day" [optional]="true" hint="Leave it empty while no end is known." [(value)]="until" />
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="!from() || busy()">Save the dates</button>
      </div>
    </form>
  `,
})
export class MemberDatesDialog {
  readonly #api = inject(ApiClient);
  protected readonly data = inject<MemberDates>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<Member>>(DialogRef);
  protected readonly from = signal<string>(this.data.member.from);
  protected readonly until = signal<string>(this.data.member.until ?? '');
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected async save(): Promise<void> {
    const { collaborationId, member } = this.data;
    await this.#attempt.run(async () => {
      this.ref.close(await this.#api.put(`/api/collaborations/${collaborationId}/members/${member.id}`, { from: this.from(), until: this.until() || null }, MemberSchema));
    });
  }
}
