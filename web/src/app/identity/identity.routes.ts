import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'schools/people', title: 'People', loadComponent: () => import('./people').then((file) => file.People) },
];

/** One's own account, above any collaboration. */
export const accountRoutes: Routes = [
  { path: 'account', title: 'My account', loadComponent: () => import('./account').then((file) => file.MyAccount) },
  { path: 'account/away', title: 'While I am away', loadComponent: () => import('./while-away').then((file) => file.WhileAway) },
];

/** Pages for those who are not signed in, or not wholly. */
export const publicRoutes: Routes = [
  { path: 'sign-in', title: 'Sign in', loadComponent: () => import('./sign-in').then((file) => file.SignIn) },
  { path: 'sign-in/back', title: 'Sign in', loadComponent: () => import('./back-from-provider').then((file) => file.BackFromProvider) },
  { path: 'second-factor', title: 'A second factor', loadComponent: () => import('./second-factor-first').then((file) => file.SecondFactorFirst) },
  { path: 'invitation', title: 'Your invitation', loadComponent: () => import('./invitation').then((file) => file.Invitation) },
  { path: 'forgotten', title: 'Forgotten password', loadComponent: () => import('./forgotten').then((file) => file.Forgotten) },
  { path: 'reset', title: 'New password', loadComponent: () => import('./reset').then((file) => file.Reset) },
  { path: 'first-administrator', title: 'First administrator', loadComponent: () => import('./first-administrator').then((file) => file.FirstAdministrator) },
];
