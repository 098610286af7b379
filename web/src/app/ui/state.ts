import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icons';

export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info';

const toneIcons: Record<Tone, IconName> = { neutral: 'clock', good: 'check', warn: 'alert', bad: 'block', info: 'info' };

/** A state as a word and an icon; the colour only repeats what the word says. `<fs-state tone="good" word="Paid" />`. */
@Component({
  selector: 'fs-state',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class]': 'tone()' },
  template: `<fs-icon [name]="shown()" />{{ word() }}`,
  styles: `
    :host { display: inline-flex; align-items: center; gap: 6px; padding: 2px 8px; border-radius: var(--fs-radius); font-size: 0.8125rem; font-weight: 550; line-height: 20px; white-space: nowrap; background: var(--fs-surface-high); color: var(--fs-text); }
    fs-icon { width: 14px; height: 14px; }
    :host(.good) { background: var(--fs-good-soft); color: var(--fs-good); }
    :host(.warn) { background: var(--fs-warn-soft); color: var(--fs-warn); }
    :host(.bad) { background: var(--fs-bad-soft); color: var(--fs-bad); }
    :host(.info) { background: var(--fs-info-soft); color: var(--fs-info); }
  `,
})
export class State {
  readonly word = input.required<string>();
  readonly tone = input<Tone>('neutral');
  readonly icon = input<IconName>();
  protected readonly shown = computed(() => this.icon() ?? toneIcons[this.tone()]);
}
