import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import type { Workings } from './workings';
import { WorkingsDialog } from './workings';

/** One number that matters, its name, and how it is worked out. */
@Component({
  selector: 'fs-figure',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dl>
      <dt>{{ label() }}</dt>
      <dd class="fs-number">{{ value() }}</dd>
    </dl>
    @if (note()) {
      <p>{{ note() }}</p>
    }
    @if (workings(); as shown) {
      <button type="button" class="fs-button link fs-small" [attr.aria-label]="'How is this worked out? ' + label()" (click)="open(shown)">How is this worked out?</button>
    }
  `,
  styles: `
    :host { display: flex; flex-direction: column; align-items: flex-start; gap: 4px; padding: 16px 14px; background: var(--fs-surface); border: 1px solid var(--fs-line); border-radius: var(--fs-radius); min-width: 0; }
    dl { display: flex; flex-direction: column; gap: 4px; }
    dt { color: var(--fs-text-soft); font-size: 0.875rem; font-weight: 500; }
    dd { margin: 0; font-size: 1.625rem; line-height: 1.2; font-weight: 650; letter-spacing: -0.02em; }
    p { color: var(--fs-text-soft); font-size: 0.8125rem; line-height: 1.45; }
    button.fs-small { margin-top: auto; padding-top: 8px; font-size: 0.78125rem; }
    @media (max-width: 600px) { :host { padding: 12px 14px; } dl { flex-direction: row; align-items: baseline; justify-content: space-between; gap: 16px; width: 100%; } dd { flex: none; font-size: 1.25rem; } }
    @media print { :host { padding: 0 8px 0 0; border: 0; } dd { font-size: 1.25rem; } }
  `,
})
export class Figure {
  readonly #dialog = inject(Dialog);
  readonly label = input.required<string>();
  /** Already written for reading: `formatMoney(pence)` or a count. */
  readonly value = input.required<string>();
  readonly note = input<string>();
  readonly workings = input<Workings>();

  protected open(data: Workings): void {
    this.#dialog.open(WorkingsDialog, { data, panelClass: ['fs-dialog', 'wide'], ariaLabelledBy: 'fs-workings-title', autoFocus: 'dialog' });
  }
}
