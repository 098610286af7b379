import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** As it is read: "£1,234.50", "12 sessions". */
  readonly text: string;
}

/**
 * Bars with their values written beside them. It is a picture of the table that stands with it, so that screen readers
 * get the sentence and the table instead.
 */
@Component({
  selector: 'fs-bar-chart',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <figure>
      <figcaption>{{ sentence() }}</figcaption>
      <div class="bars" aria-hidden="true">
        @for (bar of shown(); track bar.label) {
          <span class="label">{{ bar.label }}</span>
          <span class="value fs-number">{{ bar.text }}</span>
          <span class="track"><span class="bar" [style.width.%]="bar.percent"></span></span>
        }
      </div>
    </figure>
  `,
  styles: `
    figure { margin: 0; display: flex; flex-direction: column; gap: 12px; }
    .bars { display: grid; grid-template-columns: minmax(0, 1fr) max-content; gap: 4px 16px; align-items: baseline; }
    .label { overflow-wrap: anywhere; font-size: 0.9375rem; }
    .value { text-align: right; font-variant-numeric: tabular-nums; font-size: 0.9375rem; }
    .track { grid-column: 1 / -1; display: block; height: 12px; margin-bottom: 8px; background: var(--fs-surface-sunk); border-radius: 3px; }
    .bar { display: block; height: 100%; background: var(--fs-accent); border-radius: 3px; print-color-adjust: exact; }
  `,
})
export class BarChart {
  readonly sentence = input.required<string>();
  readonly bars = input.required<readonly Bar[]>();
  /** What a whole bar stands for; the largest of them when left out. */
  readonly of = input(0);
  protected readonly shown = computed(() => {
    const most = this.of() || Math.max(1, ...this.bars().map(({ value }) => value));
    return this.bars().map((bar) => ({ ...bar, percent: Math.min(100, Math.max(0, (bar.value / most) * 100)) }));
  });
}
