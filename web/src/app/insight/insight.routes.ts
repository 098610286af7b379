import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: '', pathMatch: 'full', title: 'Home', loadComponent: () => import('./home').then((file) => file.Home) },
  { path: 'value-for-money', title: 'Value for money', loadComponent: () => import('./value-for-money').then((file) => file.ValueForMoneyPage) },
  { path: 'my-school/commitments', title: 'Still to come', loadComponent: () => import('./commitments').then((file) => file.CommitmentsPage) },
  { path: 'my-school/year', title: 'Year by codes', loadComponent: () => import('./school-year-page').then((file) => file.SchoolYearPage) },
];
