import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'working-hours', title: 'Working hours', loadComponent: () => import('./all-hours').then((file) => file.AllHours) },
  { path: 'working-hours/:specialistId', title: 'Working hours', loadComponent: () => import('./working-hours').then((file) => file.WorkingHours) },
  { path: 'schools/places', title: 'Journeys and rooms', loadComponent: () => import('./places').then((file) => file.Places) },
];
