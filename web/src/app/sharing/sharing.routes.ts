import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'shared-costs', title: 'Shared costs', loadComponent: () => import('./shared-costs').then((file) => file.SharedCosts) },
  { path: 'shared-costs/:chargeId', title: 'Charge', loadComponent: () => import('./charge-page').then((file) => file.ChargePage) },
  { path: 'my-school', title: 'My school', loadComponent: () => import('./my-school').then((file) => file.MySchool) },
];
