import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { Field, FieldControl } from '../ui/field';

export interface TextQuestion {
  readonly title: string;
  /** What happens then. */
  readonly text?: string;
  readonly label: string;
  readonly value: string;
  readonly action: string;
}

/** Asks for one line; closes with it, or with nothing. */
@Component({
  selector: 'fs-text-dialog',
  imports: [Field, FieldControl],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); ref.close(value().trim())" novalidate>
      <h2 id="fs-text-title">{{ question.title }}</h2>
      @if (question.text) { <p>{{ question.text }}</p> }
      <fs-field [label]="question.label">
        <input fsControl class="fs-input" cdkFocusInitial maxlength="100" [value]="value()" (input)="value.set($any($event.target).value)" />
      </fs-field>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="!value().trim()">{{ question.action }}</button>
      </div>
    </form>
  `,
})
export class TextDialog {
  protected readonly question = inject<TextQuestion>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<string>>(DialogRef);
  protected readonly value = signal(this.question.value);
}
