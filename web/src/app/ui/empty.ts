import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icons';

/** A list with nothing in it: what it is for, and the first thing to do. The action is the projected button or link. */
@Component({
  selector: 'fs-empty',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-icon [name]="icon()" />
    <h2>{{ heading() }}</h2>
    <p>{{ purpose() }}</p>
    <div class="fs-row"><ng-content /></div>
  `,
  styles: `
    :host { display: flex; flex-direction: column; align-items: center; gap: 8px; padding: 48px 24px; text-align: center; border: 1px dashed var(--fs-line-strong); border-radius: var(--fs-radius); }
    fs-icon { width: 32px; height: 32px; color: var(--fs-accent); }
    p { max-width: 52ch; color: var(--fs-text-soft); }
    .fs-row { justify-content: center; margin-top: 8px; }
    .fs-row:empty { display: none; }
  `,
})
export class Empty {
  readonly heading = input.required<string>();
  readonly purpose = input.required<string>();
  readonly icon = input<IconName>('list');
}
