import { Dialog, DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, Injectable } from '@angular/core';
import { firstValueFrom } from 'rxjs';

export interface Question {
  readonly title: string;
  /** What will happen, in one or two sentences. */
  readonly text: string;
  /** The button that does it, as a verb: “Cancel 4 bookings”. */
  readonly action: string;
  /** The button that does not; “Keep them” says more than “No”. */
  readonly otherwise?: string;
  readonly danger?: boolean;
}

@Component({
  selector: 'fs-confirm-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-dialog-body">
      <h2 id="fs-confirm-title">{{ question.title }}</h2>
      <p id="fs-confirm-text">{{ question.text }}</p>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close(false)">{{ question.otherwise ?? 'Go back' }}</button>
        <button type="button" class="fs-button" [class.primary]="!question.danger" [class.danger]="question.danger" (click)="ref.close(true)">{{ question.action }}</button>
      </div>
    </div>
  `,
})
class ConfirmDialog {
  protected readonly question = inject<Question>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
}

/** Asks before what cannot be undone; where it can, do it and show a toast with undo instead. */
@Injectable({ providedIn: 'root' })
export class Confirm {
  readonly #dialog = inject(Dialog);

  async ask(question: Question): Promise<boolean> {
    const ref = this.#dialog.open<boolean, Question>(ConfirmDialog, {
      data: question,
      role: 'alertdialog',
      panelClass: 'fs-dialog',
      ariaLabelledBy: 'fs-confirm-title',
      ariaDescribedBy: 'fs-confirm-text',
      autoFocus: 'first-tabbable',
    });
    return (await firstValueFrom(ref.closed)) === true;
  }
}
