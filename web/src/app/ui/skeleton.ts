import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** Grey lines where rows will stand, so that nothing jumps when they arrive. Told once to screen readers. */
@Component({
  selector: 'fs-skeleton',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <span class="fs-hidden" role="status">Loading {{ what() }}…</span>
    @for (line of lines(); track $index) {
      <div aria-hidden="true" [style.width.%]="line"></div>
    }
  `,
  styles: `
    :host { display: flex; flex-direction: column; gap: 16px; padding: 8px 0; }
    div { height: 16px; border-radius: var(--fs-radius); background: var(--fs-surface-high); animation: breathe 1.6s ease-in-out infinite alternate; }
    @keyframes breathe { from { opacity: 1; } to { opacity: 0.45; } }
  `,
})
export class Skeleton {
  readonly rows = input(4);
  readonly what = input('');
  protected readonly lines = computed(() => Array.from({ length: this.rows() }, (_, row) => [92, 78, 86, 64][row % 4]));
}
