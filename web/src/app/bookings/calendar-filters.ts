import { ChangeDetectionStrategy, Component, input, model } from '@angular/core';
import { Icon } from '../ui/icon';

export interface FilterChip {
  readonly key: string;
  readonly label: string;
  readonly edge: string;
}

/** What the calendar shows: a chip for each service and each kind of event in view; pressed is shown. */
@Component({
  selector: 'fs-calendar-filters',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (chips().length > 1) {
      <div role="group" aria-label="Shown in the calendar">
        @for (chip of chips(); track chip.key) {
          <button type="button" [attr.aria-pressed]="!hidden().has(chip.key)" [style.--edge]="chip.edge" (click)="toggle(chip.key)">
            <span class="dot" aria-hidden="true">@if (!hidden().has(chip.key)) {<fs-icon name="check" />}</span>{{ chip.label }}
          </button>
        }
      </div>
    } @else if (loading()) {
      <p class="fs-quiet fs-small" role="status">Fetching the sessions …</p>
    }
  `,
  styles: `
    /* The chips come with the sessions; their line is kept free, so that the calendar does not move. */
    :host { display: block; min-height: 36px; }
    div { display: flex; flex-wrap: wrap; gap: 8px; }
    button { display: inline-flex; align-items: center; gap: 8px; min-height: 36px; padding: 4px 12px 4px 8px; border: 1px solid var(--fs-line-strong); border-radius: 18px; background: var(--fs-surface); color: var(--fs-text); font: 500 0.875rem var(--fs-font); cursor: pointer; }
    button[aria-pressed='false'] { color: var(--fs-text-soft); border-style: dashed; background: transparent; }
    .dot { display: grid; place-items: center; width: 18px; height: 18px; border-radius: 4px; border: 2px solid var(--edge); }
    button[aria-pressed='true'] .dot { background: var(--edge); color: var(--fs-surface); }
    fs-icon { width: 14px; height: 14px; }
  `,
})
export class CalendarFilters {
  readonly chips = input.required<readonly FilterChip[]>();
  readonly loading = input(false);
  readonly hidden = model.required<ReadonlySet<string>>();

  protected toggle(key: string): void {
    this.hidden.update((before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]));
  }
}
