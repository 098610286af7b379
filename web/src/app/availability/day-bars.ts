import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { DayTrack, hoursOf, placeIn, spanOf, type DayBar } from './day-track';
import { unbroken, writeStretches } from './hours-model';

export interface BarDay {
  readonly key: string;
  readonly label: string;
  readonly bars: readonly DayBar[];
  /** What is said besides: a holiday, an absence. */
  readonly note?: string;
  readonly today?: boolean;
}

/** Days as bars over the hours: one sees when somebody works. Each day says the same in words beside it. */
@Component({
  selector: 'fs-day-bars',
  imports: [DayTrack],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="axis" aria-hidden="true">
      @for (hour of hours(); track hour) {
        <span [style.left.%]="place(hour)">{{ hour }}</span>
      }
    </div>
    <ul [attr.aria-label]="label()">
      @for (day of days(); track day.key) {
        <li [class.today]="day.today">
          <span class="day">{{ day.label }}</span>
          <fs-day-track [bars]="day.bars" [span]="span()" />
          <span class="words fs-small">{{ inWords(day) }}</span>
        </li>
      }
    </ul>
  `,
  styles: `
    :host { display: block; --label: 104px; --words: 216px; }
    ul { list-style: none; margin: 0; padding: 0; }
    .axis { position: relative; height: 20px; margin: 0 calc(var(--words) + 16px) 0 calc(var(--label) + 16px); font-size: 0.75rem; color: var(--fs-text-soft); }
    .axis span { position: absolute; transform: translateX(-50%); font-variant-numeric: tabular-nums; }
    li { display: grid; grid-template-columns: var(--label) minmax(0, 1fr) var(--words); gap: 0 16px; align-items: center; min-height: 36px; }
    .day { font-variant-numeric: tabular-nums; white-space: nowrap; }
    .today .day { color: var(--fs-accent); font-weight: 600; }
    .words { color: var(--fs-text-soft); font-variant-numeric: tabular-nums; }
    @media (max-width: 720px) {
      .axis { margin-inline: 0; }
      li { grid-template-columns: auto 1fr; padding: 6px 0 8px; gap: 4px 12px; }
      fs-day-track { grid-row: 2; grid-column: 1 / -1; }
      .words { text-align: right; }
    }
  `,
})
export class DayBars {
  readonly label = input.required<string>();
  readonly days = input.required<readonly BarDay[]>();
  protected readonly span = computed(() => spanOf(this.days().flatMap(({ bars }) => bars)));
  protected readonly hours = computed(() => hoursOf(this.span()));

  protected place(hour: number): number {
    return placeIn(this.span(), hour * 60);
  }

  protected inWords({ bars, note }: BarDay): string {
    const said = [writeStretches(bars.filter(({ kind }) => kind === 'works'))];
    const extra = writeStretches(bars.filter(({ kind }) => kind === 'extra'));
    if (extra) said.push(`extra ${extra}`);
    if (note) said.push(note);
    return unbroken(said.filter(Boolean).join('; ')) || '–';
  }
}
