import { ErrorHandler, inject, Injectable, Injector } from '@angular/core';
import { Problem } from '../ui/problem';
import { Toast } from '../ui/toast';

const newerVersion = /dynamically imported module|Importing a module script failed|error loading dynamically/i;
// Browsers report it when a size changes twice in one frame; nothing is lost, it is drawn in the next.
const harmless = /^ResizeObserver loop/;

/** The last net: what no page has caught is said to the person and written to the console, once. */
@Injectable({ providedIn: 'root' })
export class UnexpectedErrors extends ErrorHandler {
  readonly #injector = inject(Injector);
  #last = '';

  override handleError(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (harmless.test(message)) return;
    super.handleError(error);
    if (message === this.#last) return;
    this.#last = message;
    const toast = this.#injector.get(Toast);
    if (newerVersion.test(message)) toast.show('Fairshare has been updated. Reload the page to go on.', { tone: 'bad' });
    else if (error instanceof Problem) toast.show(`${error.title}. ${error.detail ?? ''}`.trim(), { tone: 'bad' });
    else toast.show('Something went wrong on this page. Reload it if it no longer answers.', { tone: 'bad' });
  }
}
