import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'books', title: 'Accounts', loadComponent: () => import('./accounts').then((file) => file.Accounts) },
];
