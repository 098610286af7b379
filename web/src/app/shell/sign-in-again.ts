import { Dialog } from '@angular/cdk/dialog';
import type { HttpInterceptorFn } from '@angular/common/http';
import { inject, Injectable, Injector } from '@angular/core';
import { Router } from '@angular/router';
import { catchError, firstValueFrom, from, switchMap, throwError } from 'rxjs';
import { Problem } from '../ui/problem';

/** Asks a person to show once more that it is them; several requests that need it wait for one dialog. */
@Injectable({ providedIn: 'root' })
export class SignInAgain {
  readonly #dialog = inject(Dialog);
  #asking: Promise<boolean> | undefined;

  /** @returns whether they did. */
  ask(): Promise<boolean> {
    this.#asking ??= this.#open().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #open(): Promise<boolean> {
    const { SignInAgainDialog } = await import('./sign-in-again-dialog');
    const ref = this.#dialog.open<boolean>(SignInAgainDialog, { panelClass: 'fs-dialog', ariaLabelledBy: 'fs-again-title', ariaDescribedBy: 'fs-again-text' });
    return (await firstValueFrom(ref.closed)) === true;
  }
}

/**
 * Changing roles or bank details asks for a recent sign-in. The page that asked knows nothing of it: the same request
 * goes again once the person has shown that it is them, and fails as before when they would rather not.
 */
export const signInAgainInterceptor: HttpInterceptorFn = (request, next) => {
  const injector = inject(Injector);
  return next(request).pipe(
    catchError((error: unknown) => {
      const { code } = Problem.of(error);
      // A school of theirs asks for a second factor: it is set up before anything else.
      if (code === 'identity.second-factor-needed') void injector.get(Router).navigateByUrl('/second-factor');
      if (code !== 'identity.sign-in-again') return throwError(() => error);
      return from(injector.get(SignInAgain).ask()).pipe(switchMap((done) => (done ? next(request) : throwError(() => error))));
    }),
  );
};
