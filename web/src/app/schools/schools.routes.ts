import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'schools', title: 'Schools', loadComponent: () => import('./members').then((file) => file.Members) },
  { path: 'schools/year', title: 'School year', loadComponent: () => import('./school-year').then((file) => file.SchoolYearPage) },
  { path: 'schools/imports', title: 'Imports', loadComponent: () => import('./imports').then((file) => file.Imports) },
];

/** Above any collaboration: where an administrator makes them. */
export const houseRoutes: Routes = [
  { path: 'collaborations', title: 'Collaborations', loadComponent: () => import('./collaborations').then((file) => file.Collaborations) },
];
