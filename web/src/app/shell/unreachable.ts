import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { Icon } from '../ui/icon';

/** Shown when the very first question to the API has no answer. */
@Component({
  selector: 'fs-unreachable',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <main>
      <fs-icon name="alert" />
      <h1 tabindex="-1">Fairshare cannot be reached</h1>
      <p>Check your connection. If others cannot reach it either, it may be restarting; that takes less than a minute.</p>
      <button type="button" class="fs-button primary" (click)="again()">Try again</button>
    </main>
  `,
  styles: `
    main { min-height: 100dvh; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 16px; padding: 24px; text-align: center; }
    fs-icon { width: 40px; height: 40px; color: var(--fs-warn); }
    p { max-width: 48ch; color: var(--fs-text-soft); }
  `,
})
export class Unreachable {
  readonly #router = inject(Router);
  readonly returnTo = input('/');

  protected again(): void {
    void this.#router.navigateByUrl(this.returnTo(), { onSameUrlNavigation: 'reload' });
  }
}
