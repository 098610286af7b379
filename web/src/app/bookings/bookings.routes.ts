import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'calendar', title: 'Calendar', loadComponent: () => import('./booking-calendar').then((file) => file.BookingCalendar) },
  { path: 'diary', title: 'My diary', loadComponent: () => import('./diary').then((file) => file.Diary) },
];
