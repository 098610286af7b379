import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/**
 * The head of every page: one h1, a sentence that says what the page is for, and its actions.
 * `<fs-page heading="Invoices" purpose="…"><button actions class="fs-button primary">…</button> … </fs-page>`.
 */
@Component({
  selector: 'fs-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header>
      <div>
        <ng-content select="[before]" />
        <h1 tabindex="-1">{{ heading() }}</h1>
        @if (purpose()) {
          <p>{{ purpose() }}</p>
        }
      </div>
      <div class="actions fs-no-print"><ng-content select="[actions]" /></div>
    </header>
    <ng-content />
  `,
  styles: `
    :host { display: flex; flex-direction: column; gap: 24px; }
    header { display: flex; flex-wrap: wrap; align-items: flex-end; justify-content: space-between; gap: 16px; }
    header > div:first-child { flex: 1 1 320px; min-width: 0; }
    p { margin-top: 4px; color: var(--fs-text-soft); max-width: 68ch; }
    .actions { display: flex; flex-wrap: wrap; gap: 8px; }
    .actions:empty { display: none; }
  `,
})
export class Page {
  readonly heading = input.required<string>();
  readonly purpose = input<string>();
}
