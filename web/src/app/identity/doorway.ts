import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** The quiet frame of the pages before one is signed in. */
@Component({
  selector: 'fs-doorway',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <main>
      <div class="brand">
        <svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" /><path d="M9 10h14M9 16h9M9 22h4" /></svg>
        <span>Fairshare</span>
      </div>
      <p class="promise">Specialists shared between schools, and what they cost shared to the penny.</p>
      <div class="parts">
        <div class="part">
          <h1 tabindex="-1">{{ heading() }}</h1>
          <ng-content />
        </div>
        <div class="part aside"><ng-content select="[aside]" /></div>
      </div>
    </main>
  `,
  styles: `
    main { min-height: 100dvh; display: flex; flex-direction: column; align-items: center; padding: clamp(24px, 9vh, 96px) 16px 48px; }
    .brand { display: flex; align-items: center; gap: 12px; font-size: 1.375rem; font-weight: 680; letter-spacing: -0.02em; }
    svg { width: 36px; height: 36px; }
    rect { fill: var(--fs-accent); }
    path { stroke: var(--fs-on-accent); stroke-width: 3.2; stroke-linecap: round; }
    .promise { margin: 8px 0 40px; color: var(--fs-text-soft); text-align: center; text-wrap: balance; }
    .parts { display: flex; flex-wrap: wrap; justify-content: center; gap: 32px 64px; width: 100%; }
    .part { flex: 0 1 380px; min-width: 0; }
    .aside:empty { display: none; }
    .part { display: flex; flex-direction: column; gap: 24px; }
    h1 { font-size: 1.25rem; }
  `,
})
export class Doorway {
  readonly heading = input.required<string>();
}
