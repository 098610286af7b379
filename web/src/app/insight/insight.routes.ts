import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: '', pathMatch: 'full', title: 'Home', loadComponent: () => import('./home').then((file) => file.Home) },
  { path: 'value-for-money', title: 'Value for money', loadComponent: () => import('./value-for-money').then((file) => file.ValueForMoneyPage) },
];
