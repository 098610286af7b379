import type { Routes } from '@angular/router';
import { publicRoutes } from './identity/identity.routes';
import { roomRoutes, roomsAbove } from './rooms';
import { Landing } from './shell/landing';
import { NotFound } from './shell/not-found';
import { Shell } from './shell/shell';
import { signedIn } from './shell/signed-in';

/** `/c/:collaborationId/…` are the rooms' pages; a page reads `collaborationId` as an input. */
export const routes: Routes = [
  ...publicRoutes,
  { path: 'unreachable', title: 'Not reachable', loadComponent: () => import('./shell/unreachable').then((file) => file.Unreachable) },
  {
    path: '',
    component: Shell,
    canActivate: [signedIn],
    children: [
      { path: '', pathMatch: 'full', component: Landing },
      ...roomsAbove,
      { path: 'c/:collaborationId', children: [...roomRoutes, { path: '', pathMatch: 'full', component: Landing }] },
      { path: '**', title: 'Not found', component: NotFound },
    ],
  },
];
