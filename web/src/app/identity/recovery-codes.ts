import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { Icon } from '../ui/icon';
import { saveFile } from '../ui/save-file';
import { Toast } from '../ui/toast';

/** Ten codes that are shown once: to print, to copy, to keep on paper. */
@Component({
  selector: 'fs-recovery-codes',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p>Keep these where you keep important papers. When your phone or passkey is lost, each of them signs you in once. They are shown only now.</p>
    <ol>
      @for (code of codes(); track code) {
        <li><code>{{ code }}</code></li>
      }
    </ol>
    <div class="fs-row fs-no-print">
      <button type="button" class="fs-button small" (click)="copy()"><fs-icon name="check" />Copy</button>
      <button type="button" class="fs-button small" (click)="save()"><fs-icon name="download" />Save as a file</button>
    </div>
  `,
  styles: `
    :host { display: flex; flex-direction: column; gap: 16px; }
    ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 8px 16px; padding: 16px; margin: 0; list-style: none; border-radius: var(--fs-radius); background: var(--fs-surface-sunk); }
    code { font-size: 1rem; user-select: all; white-space: nowrap; }
  `,
})
export class RecoveryCodes {
  readonly #toast = inject(Toast);
  readonly codes = input.required<readonly string[]>();

  protected async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.codes().join('\n'));
    this.#toast.show('The codes are copied');
  }

  protected save(): void {
    saveFile('fairshare-recovery-codes.txt', `Recovery codes for Fairshare. Each works once.\n\n${this.codes().join('\n')}\n`, 'text/plain');
  }
}
