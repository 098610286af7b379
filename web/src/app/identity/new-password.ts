import { ChangeDetectionStrategy, Component, input, model, signal } from '@angular/core';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';

/** A password that is being chosen: seen at will, with what makes it good. */
@Component({
  selector: 'fs-new-password',
  imports: [Field, FieldControl, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-field [label]="label()" hint="15 characters or more, at least 12; a short sentence of your own is easiest to remember." [error]="error()">
      <span>
        <input fsControl class="fs-input" [type]="shown() ? 'text' : 'password'" autocomplete="new-password" [value]="value()" (input)="value.set($any($event.target).value)" />
        <button type="button" class="fs-button quiet icon" [attr.aria-label]="shown() ? 'Hide password' : 'Show password'" [attr.aria-pressed]="shown()" (click)="shown.set(!shown())">
          <fs-icon [name]="shown() ? 'eye-off' : 'eye'" />
        </button>
      </span>
    </fs-field>
  `,
  styles: `
    span { position: relative; display: block; }
    input { padding-right: calc(var(--fs-control) + 8px); }
    button { position: absolute; right: 2px; top: 2px; width: calc(var(--fs-control) - 4px); min-height: calc(var(--fs-control) - 4px); }
  `,
})
export class NewPassword {
  readonly label = input('New password');
  readonly error = input<string>();
  readonly value = model('');
  protected readonly shown = signal(false);
}
