import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { WhenPipe } from '../ui/day';

export interface DrawnChoice {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly service: string;
}

/** What a period that was drawn is to become. */
@Component({
  selector: 'fs-drawn-dialog',
  imports: [WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-dialog-body fs-stack">
      <h2 id="fs-drawn">{{ choice.startsAt | when: choice.endsAt }}</h2>
      <p>What is it to be?</p>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Nothing</button>
        <button type="button" class="fs-button" (click)="ref.close('event')">A shared event …</button>
        <button type="button" class="fs-button primary" cdkFocusInitial (click)="ref.close('session')">A session: {{ choice.service }} …</button>
      </div>
    </div>
  `,
})
export class DrawnDialog {
  protected readonly ref = inject<DialogRef<'session' | 'event'>>(DialogRef);
  protected readonly choice = inject<DrawnChoice>(DIALOG_DATA);
}
