import { inject } from '@angular/core';
import { RedirectCommand, Router, type CanActivateFn } from '@angular/router';
import { FirstAdministratorNeededSchema } from '@fairshare/contract/identity.js';
import { ApiClient } from '../ui/api-client';
import { CurrentSession } from '../ui/current-session';

/** Lets those in who are signed in, and shows the others where to begin. */
export const signedIn: CanActivateFn = async (_route, state) => {
  const session = inject(CurrentSession);
  const router = inject(Router);
  const api = inject(ApiClient);
  try {
    if (await session.load()) return true;
  } catch {
    return new RedirectCommand(router.createUrlTree(['/unreachable'], { queryParams: { returnTo: state.url } }), { skipLocationChange: true });
  }
  const first = await api.get('/api/session/first-administrator', FirstAdministratorNeededSchema).catch(() => ({ needed: false }));
  if (first.needed) return router.createUrlTree(['/first-administrator']);
  return router.createUrlTree(['/sign-in'], { queryParams: state.url === '/' ? {} : { returnTo: state.url } });
};
