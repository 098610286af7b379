import { ChangeDetectionStrategy, Component, computed, input, linkedSignal, model, output } from '@angular/core';
import type { FormValueControl, ValidationError } from '@angular/forms/signals';
import { Field, FieldControl } from './field';
import { parseTime } from './parse-date';

let count = 0;

/**
 * A time of day in London, typed as people write it: `9`, `9.30`, `2pm`. The value is `HH:mm`, or empty.
 * `<fs-time label="Starts" [(value)]="starts" [stepMinutes]="15" />`; the step only fills the list of suggestions.
 */
@Component({
  selector: 'fs-time',
  imports: [Field, FieldControl],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-field [label]="label()" [hint]="hint()" [optional]="optional()" [error]="shownError()">
      <input
        fsControl
        class="fs-input"
        type="text"
        autocomplete="off"
        placeholder="09:00"
        [attr.list]="id"
        [value]="text()"
        [disabled]="disabled()"
        (input)="text.set($any($event.target).value)"
        (keydown.enter)="settle()"
        (blur)="settle()"
      />
    </fs-field>
    <datalist [id]="id">
      @for (time of suggestions(); track time) {
        <option [value]="time"></option>
      }
    </datalist>
  `,
  styles: `
    :host { display: block; min-width: 0; }
    .fs-input { font-variant-numeric: tabular-nums; }
  `,
})
export class TimeField implements FormValueControl<string> {
  readonly label = input.required<string>();
  readonly hint = input<string>();
  readonly optional = input(false);
  readonly error = input<string | null>();
  readonly stepMinutes = input(30);
  /** The hours that are suggested; any other can be typed. */
  readonly from = input('08:00');
  readonly to = input('18:00');
  readonly value = model('');
  readonly disabled = input(false);
  readonly errors = input<readonly ValidationError.WithOptionalFieldTree[]>([]);
  readonly touched = input(false);
  readonly touch = output<void>();

  protected readonly id = `fs-times-${++count}`;
  protected readonly text = linkedSignal(() => this.value());
  private readonly settled = linkedSignal({ source: this.value, computation: () => '' });
  protected readonly shownError = computed(() => this.settled() || this.error() || (this.touched() ? this.errors()[0]?.message : undefined));
  protected readonly suggestions = computed(() => {
    const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
    const first = minutes(this.from());
    const count = Math.floor((minutes(this.to()) - first) / this.stepMinutes()) + 1;
    return Array.from({ length: Math.max(0, count) }, (_, step) => {
      const at = first + step * this.stepMinutes();
      return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
    });
  });

  protected settle(): void {
    const written = this.text().trim();
    const time = written ? parseTime(written) : '';
    if (time === undefined) {
      this.settled.set('Write the time like 9:30, 930 or 2pm.');
    } else {
      this.settled.set('');
      this.value.set(time);
      this.text.set(time);
    }
    this.touch.emit();
  }
}
