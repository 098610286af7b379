import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'shared-costs', title: 'Shared costs', loadComponent: () => import('./shared-costs').then((file) => file.SharedCosts) },
  { path: 'shared-costs/due', title: 'Charges due', loadComponent: () => import('./charges-due').then((file) => file.ChargesDue) },
  { path: 'shared-costs/plans', title: 'Plans', loadComponent: () => import('./charge-plans').then((file) => file.ChargePlans) },
  { path: 'shared-costs/on-account', title: 'On account', loadComponent: () => import('./on-account').then((file) => file.OnAccount) },
  { path: 'shared-costs/hours', title: 'Hours given', loadComponent: () => import('./hours-given').then((file) => file.HoursGiven) },
  { path: 'shared-costs/:chargeId', title: 'Charge', loadComponent: () => import('./charge-page').then((file) => file.ChargePage) },
  { path: 'my-school', title: 'My school', loadComponent: () => import('./my-school').then((file) => file.MySchool) },
];
