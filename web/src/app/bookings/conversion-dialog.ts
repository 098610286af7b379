import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { ConversionSchema, NewConversionSchema, type Conversion } from '@fairshare/contract/conversions.js';
import { DateField } from '../ui/date-field';
import { DryRun } from '../ui/dry-run';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';

export interface ConversionChoice {
  readonly collaborationId: string;
  readonly school: { readonly fromUrn: string; readonly fromName: string; readonly toName: string; readonly on: string };
}

/** A school becomes an academy: what follows to the new number is seen before anything moves. Closes with what moved. */
@Component({
  selector: 'fs-conversion-dialog',
  imports: [DateField, ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); convert()" novalidate>
      <h2 id="fs-conversion">{{ choice.school.fromName }} becomes an academy</h2>
      <p>From its first day {{ choice.school.toName }} has the membership, the subscriptions with what is left of their units, and the coming sessions. What was before stays with the old number. Doing it again moves what came in between.</p>
      <fs-problem [error]="saving.problem()" />
      <fs-date label="The new school’s first day" [(value)]="on" [error]="saving.errorFor('on')" />
      @if (preview(); as seen) {
        @if (follows()) {
          <ul role="status">
            <li>{{ seen.membership ? 'It becomes a member from that day on.' : 'It is a member already.' }}</li>
            <li>{{ seen.bookings === 0 ? 'No coming session follows.' : seen.bookings === 1 ? '1 coming session follows.' : seen.bookings + ' coming sessions follow.' }}</li>
            @for (agreement of seen.agreements; track $index) {
              <li>{{ agreement.agreementName }}: {{ agreement.leftMilliunits === null ? 'it goes on subscribing' : 'it begins with ' + agreement.leftMilliunits / 1000 + ' units, booked ones included' }}.</li>
            } @empty {
              <li>No subscription is left to follow.</li>
            }
          </ul>
        } @else {
          <p role="status">Everything has followed already; nothing is left to convert.</p>
        }
      } @else if (!saving.problem()) {
        <fs-skeleton what="what would follow" [rows]="3" />
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="saving.busy() || !follows()">Convert</button>
      </div>
    </form>
  `,
})
export class ConversionDialog {
  protected readonly choice = inject<ConversionChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<Conversion>>(DialogRef);
  protected readonly on = signal<string>(this.choice.school.on);
  readonly #dryRun = new DryRun<Conversion>({
    url: `/api/collaborations/${this.choice.collaborationId}/conversions`,
    body: () => ({ fromUrn: this.choice.school.fromUrn, on: this.on() }),
    bodySchema: NewConversionSchema, answerSchema: ConversionSchema,
  });
  protected readonly saving = this.#dryRun.saving;
  protected readonly preview = this.#dryRun.preview;
  protected readonly follows = computed(() => {
    const seen = this.preview();
    return seen !== undefined && (seen.membership || seen.bookings > 0 || seen.agreements.length > 0);
  });

  protected async convert(): Promise<void> {
    const done = await this.#dryRun.carryOut();
    if (done) this.ref.close(done);
  }
}
