import { Dialog } from '@angular/cdk/dialog';
import { inject, Injectable } from '@angular/core';

@Injectable({ providedIn: 'root' })
export class HelpOpener {
  readonly #dialog = inject(Dialog);

  async open(): Promise<void> {
    const { HelpDialog } = await import('./help-dialog');
    this.#dialog.open(HelpDialog, { panelClass: ['fs-dialog', 'wide'], ariaLabelledBy: 'fs-help-title', autoFocus: 'dialog' });
  }
}
