import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'schools/people', title: 'People', loadComponent: () => import('./people').then((file) => file.People) },
];

/** Pages for those who are not signed in. */
export const publicRoutes: Routes = [
  { path: 'sign-in', title: 'Sign in', loadComponent: () => import('./sign-in').then((file) => file.SignIn) },
  { path: 'first-administrator', title: 'First administrator', loadComponent: () => import('./first-administrator').then((file) => file.FirstAdministrator) },
];
