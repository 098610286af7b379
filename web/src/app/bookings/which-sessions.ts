import { ChangeDetectionStrategy, Component, input, model } from '@angular/core';

let count = 0;

/** Of a series: only this session, or this and all that follow. */
@Component({
  selector: 'fs-which-sessions',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fieldset>
      <legend>{{ verb() }}</legend>
      <label class="fs-check"><input type="radio" [name]="name" [checked]="which() === 'one'" (change)="which.set('one')" /> only this one</label>
      <label class="fs-check"><input type="radio" [name]="name" [checked]="which() === 'following'" (change)="which.set('following')" /> this and the following of its series</label>
    </fieldset>
  `,
  styles: `
    fieldset { margin: 0; padding: 0; border: 0; display: flex; flex-wrap: wrap; gap: 0 24px; }
    legend { padding: 0; font-weight: 550; font-size: 0.9375rem; }
  `,
})
export class WhichSessions {
  readonly verb = input.required<string>();
  readonly which = model<'one' | 'following'>('one');
  protected readonly name = `fs-which-${++count}`;
}
