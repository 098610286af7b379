import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { Icon } from './icon';
import { Problem } from './problem';

/** Shows what went wrong, as the API put it; takes anything that was thrown. Nothing shows while there is no error. */
@Component({
  selector: 'fs-problem',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (problem(); as shown) {
      <div role="alert">
        <fs-icon name="alert" />
        <div>
          <strong>{{ shown.title }}</strong>
          @if (shown.detail) {
            <p>{{ shown.detail }}</p>
          }
          @if (shown.errors.length) {
            <ul>
              @for (error of shown.errors; track $index) {
                <li>{{ error.message }}</li>
              }
            </ul>
          }
          @if (shown.traceId) {
            <p class="fs-small">If you ask for help, quote {{ shown.traceId }}.</p>
          }
          <div class="fs-row">
            @if (retryable() && mayHelp()) {
              <button type="button" class="fs-button small" (click)="retry.emit()">Try again</button>
            }
            <ng-content />
          </div>
        </div>
      </div>
    }
  `,
  styles: `
    :host { display: block; }
    :host:not(:has([role])) { display: none; }
    [role] { display: flex; gap: 12px; padding: 16px; border-radius: var(--fs-radius); border: 1px solid var(--fs-bad); background: var(--fs-bad-soft); color: var(--fs-text); }
    fs-icon { color: var(--fs-bad); margin-top: 2px; }
    [role] > div { min-width: 0; overflow-wrap: anywhere; }
    ul { padding-left: 20px; }
    .fs-row { margin-top: 8px; }
    .fs-row:empty { display: none; }
  `,
})
export class ProblemNotice {
  readonly error = input.required<unknown>();
  /** Shows a button that asks to read again. */
  readonly retryable = input(false);
  readonly retry = output();
  protected readonly problem = computed(() => (this.error() ? Problem.of(this.error()) : undefined));
  /** What is refused to somebody, or is not there, is so the next time too. */
  protected readonly mayHelp = computed(() => ![403, 404].includes(this.problem()?.status ?? 0));
}
