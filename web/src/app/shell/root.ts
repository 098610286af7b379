import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { Preferences } from '../ui/preferences';
import { Toasts } from '../ui/toast';

@Component({
  selector: 'fs-root',
  imports: [RouterOutlet, Toasts],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<router-outlet /><fs-toasts />`,
})
export class Root {
  /** Read once so that theme and density hold from the first paint, on every page. */
  protected readonly preferences = inject(Preferences);
}
