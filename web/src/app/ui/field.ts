import { ChangeDetectionStrategy, Component, contentChild, Directive, effect, ElementRef, inject, input } from '@angular/core';

let count = 0;

/** Marks the native control inside an `<fs-field>`; the field gives it its name, hint and error. */
@Directive({
  selector: 'input[fsControl], select[fsControl], textarea[fsControl]',
})
export class FieldControl {
  readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
}

/**
 * A label above a native control, a hint and an error below it.
 * `<fs-field label="Reason" hint="The school sees it." [error]="why()"><textarea fsControl class="fs-textarea"></textarea></fs-field>`.
 */
@Component({
  selector: 'fs-field',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <label [attr.for]="id">
      {{ label() }}
      @if (optional()) {
        <span>(optional)</span>
      }
    </label>
    <ng-content />
    @if (hint()) {
      <p class="hint" [id]="id + '-hint'">{{ hint() }}</p>
    }
    <p class="error" [id]="id + '-error'" aria-live="polite">{{ error() }}</p>
  `,
  styles: `
    :host { display: block; min-width: 0; }
    label { display: block; margin-bottom: 4px; font-weight: 550; font-size: 0.9375rem; }
    span { font-weight: 400; color: var(--fs-text-soft); }
    .hint { margin-top: 4px; font-size: 0.875rem; color: var(--fs-text-soft); }
    .error { margin-top: 4px; font-size: 0.875rem; font-weight: 500; color: var(--fs-bad); }
    .error:empty { display: none; }
  `,
})
export class Field {
  readonly label = input.required<string>();
  readonly hint = input<string>();
  readonly error = input<string | null>();
  readonly optional = input(false);
  protected readonly id = `fs-field-${++count}`;
  private readonly control = contentChild(FieldControl, { descendants: true });

  constructor() {
    effect(() => {
      const element = this.control()?.element;
      if (!element) return;
      const described = [this.hint() && `${this.id}-hint`, this.error() && `${this.id}-error`].filter(Boolean).join(' ');
      element.id = this.id;
      if (described) element.setAttribute('aria-describedby', described);
      else element.removeAttribute('aria-describedby');
      if (this.error()) element.setAttribute('aria-invalid', 'true');
      else element.removeAttribute('aria-invalid');
    });
  }
}
