import { Dialog } from '@angular/cdk/dialog';
import { inject, Injectable } from '@angular/core';

/** Opens the search once, and fetches it only then. */
@Injectable({ providedIn: 'root' })
export class SearchOpener {
  readonly #dialog = inject(Dialog);
  #open = false;

  async open(): Promise<void> {
    if (this.#open) return;
    this.#open = true;
    try {
      const { SearchDialog } = await import('./search-dialog');
      const ref = this.#dialog.open(SearchDialog, { panelClass: ['fs-dialog', 'at-top'], ariaLabel: 'Search', autoFocus: 'input' });
      ref.closed.subscribe(() => (this.#open = false));
    } catch {
      this.#open = false;
    }
  }
}
