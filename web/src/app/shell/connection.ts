import { HttpErrorResponse, HttpResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject, Injectable, signal } from '@angular/core';
import { tap } from 'rxjs';
import { Problem } from '../ui/problem';

/** Whether the API answers, and whether it still knows who is asking. */
@Injectable({ providedIn: 'root' })
export class Connection {
  readonly lost = signal(!navigator.onLine);
  readonly sessionEnded = signal(false);

  constructor() {
    addEventListener('online', () => this.lost.set(false));
    addEventListener('offline', () => this.lost.set(true));
  }
}

const unanswered = new Set([0, 502, 503, 504]);

export const connectionInterceptor: HttpInterceptorFn = (request, next) => {
  const connection = inject(Connection);
  const about = new URL(request.url, 'http://localhost').pathname;
  return next(request).pipe(
    tap({
      next: (event) => {
        if (!(event instanceof HttpResponse)) return;
        connection.lost.set(false);
        if (about === '/api/session' && request.method !== 'DELETE') connection.sessionEnded.set(false);
      },
      error: (error: unknown) => {
        const status = error instanceof HttpErrorResponse || error instanceof Problem ? error.status : undefined;
        if (status !== undefined) connection.lost.set(unanswered.has(status));
        // A wrong password in a dialog is no ended session.
        if (status === 401 && !about.startsWith('/api/session')) connection.sessionEnded.set(true);
      },
    }),
  );
};
