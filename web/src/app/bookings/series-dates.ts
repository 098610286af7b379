import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { ClockPipe, DayPipe } from '../ui/day';
import { State } from '../ui/state';

/** One date of several, with what becomes of it. */
export interface DatedOutcome {
  readonly date: string;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly good: boolean;
  /** Why not, as a sentence. */
  readonly detail: string | undefined;
}

/** The API’s sentences name a school by its number; people know its name. */
export function withNames(detail: string | undefined, schools: readonly { readonly urn: string; readonly name: string }[]): string | undefined {
  return detail?.replace(/School (\d{6})/g, (all, urn: string) => schools.find((school) => school.urn === urn)?.name ?? all);
}

/** Every date of a series, one below the other: what happens to it, and where nothing does, why. */
@Component({
  selector: 'fs-series-dates',
  imports: [ClockPipe, DayPipe, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p role="status"><strong>{{ summary() }}</strong></p>
    <ol tabindex="0" role="list" [attr.aria-label]="label()">
      @for (each of dates(); track $index) {
        <li [class.skipped]="!each.good">
          <span class="when">{{ each.date | day }}@if (each.startsAt; as start) {<span class="fs-quiet">, {{ start | clock }}–{{ each.endsAt | clock }}</span>}</span>
          <fs-state [tone]="each.good ? 'good' : 'warn'" [word]="each.good ? goodWord() : badWord()" [icon]="each.good ? 'check' : 'minus'" />
          @if (each.detail) {
            <span class="why fs-small">{{ each.detail }}</span>
          }
        </li>
      }
    </ol>
  `,
  styles: `
    :host { display: block; }
    ol { list-style: none; margin: 8px 0 0; padding: 0; max-height: 320px; overflow-y: auto; border: 1px solid var(--fs-line); border-radius: var(--fs-radius); }
    li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 12px; padding: 8px 12px; }
    li + li { border-top: 1px solid var(--fs-line); }
    .when { font-variant-numeric: tabular-nums; }
    .why { flex: 1 1 100%; color: var(--fs-text-soft); }
    .skipped .when { color: var(--fs-text-soft); }
  `,
})
export class SeriesDates {
  readonly dates = input.required<readonly DatedOutcome[]>();
  readonly label = input('Every date');
  readonly goodWord = input('Will book');
  readonly badWord = input('Skipped');
  /** What is counted, as `{n} will be booked, {m} skipped`. */
  readonly goodSummary = input('will be booked');
  readonly badSummary = input('skipped');
  protected readonly summary = computed(() => {
    const good = this.dates().filter((each) => each.good).length;
    const bad = this.dates().length - good;
    return `${good} ${this.goodSummary()}${bad ? `, ${bad} ${this.badSummary()}` : ''}.`;
  });
}
