import type { ElementRef} from '@angular/core';
import { ChangeDetectionStrategy, Component, computed, input, linkedSignal, model, output, viewChild } from '@angular/core';
import type { FormValueControl, ValidationError } from '@angular/forms/signals';
import { Field, FieldControl } from './field';
import { Icon } from './icon';
import { formatDay, today } from './london';
import { parseDate } from './parse-date';

/**
 * A date, typed as people write it or picked. The value is `YYYY-MM-DD`, or empty.
 * `<fs-date label="From" [(value)]="from" />`, or in a signal form `<fs-date label="From" [formField]="form.from" />`.
 */
@Component({
  selector: 'fs-date',
  imports: [Field, FieldControl, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-field [label]="label()" [hint]="hint()" [optional]="optional()" [error]="shownError()">
      <span class="pair">
        <input
          fsControl
          class="fs-input"
          type="text"
          autocomplete="off"
          spellcheck="false"
          placeholder="6 Oct 2026"
          [value]="text()"
          [disabled]="disabled()"
          (input)="text.set($any($event.target).value)"
          (keydown.enter)="settle()"
          (blur)="settle()"
        />
        <button type="button" class="fs-button quiet icon" [attr.aria-label]="'Pick a date: ' + label()" [disabled]="disabled()" (click)="pick()"><fs-icon name="calendar" /></button>
        <input #native class="native" type="date" tabindex="-1" aria-hidden="true" [min]="earliest()" [max]="latest()" [value]="value()" (change)="take($any($event.target).value)" />
      </span>
    </fs-field>
  `,
  styles: `
    :host { display: block; min-width: 0; }
    .pair { position: relative; display: block; }
    .fs-input { padding-right: calc(var(--fs-control) + 4px); }
    button { position: absolute; right: 2px; top: 2px; width: calc(var(--fs-control) - 4px); min-height: calc(var(--fs-control) - 4px); }
    .native { position: absolute; right: 0; bottom: 0; width: 1px; height: 1px; padding: 0; border: 0; opacity: 0; pointer-events: none; }
  `,
})
export class DateField implements FormValueControl<string> {
  readonly label = input.required<string>();
  readonly hint = input<string>();
  readonly optional = input(false);
  readonly error = input<string | null>();
  /** The first and the last date that make sense, both allowed. */
  readonly earliest = input('');
  readonly latest = input('');
  readonly value = model('');
  readonly disabled = input(false);
  readonly errors = input<readonly ValidationError.WithOptionalFieldTree[]>([]);
  readonly touched = input(false);
  readonly touch = output<void>();

  private readonly native = viewChild.required<ElementRef<HTMLInputElement>>('native');
  protected readonly text = linkedSignal(() => (this.value() ? formatDay(this.value()) : ''));
  private readonly settled = linkedSignal({ source: this.value, computation: () => '' });
  protected readonly shownError = computed(() => this.settled() || this.error() || (this.touched() ? this.errors()[0]?.message : undefined));

  /** Reads what was typed when one leaves the field, and writes it back as a full date, so that a slip is seen. */
  protected settle(): void {
    const written = this.text().trim();
    const date = written ? parseDate(written, today()) : '';
    if (date === undefined) this.settled.set('Write the date like 6 Oct 2026, 6/10/26 or “next tue”.');
    else if (date && date < this.earliest()) this.settled.set(`Not before ${formatDay(this.earliest())}.`);
    else if (date && this.latest() && date > this.latest()) this.settled.set(`Not after ${formatDay(this.latest())}.`);
    else this.take(date);
    this.touch.emit();
  }

  protected take(date: string): void {
    this.settled.set('');
    this.value.set(date);
    this.text.set(date ? formatDay(date) : '');
  }

  protected pick(): void {
    const native = this.native().nativeElement;
    if ('showPicker' in native) native.showPicker();
  }
}
