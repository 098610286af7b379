import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'calendar', title: 'Calendar', loadComponent: () => import('./booking-calendar').then((file) => file.BookingCalendar) },
  { path: 'calendar/board', title: 'Who is free', loadComponent: () => import('./board').then((file) => file.BoardPage) },
  { path: 'calendar/left', title: 'What is left', loadComponent: () => import('./entitlements').then((file) => file.Entitlements) },
  { path: 'calendar/replanning', title: 'To re-plan', loadComponent: () => import('./replanning').then((file) => file.ReplanningPage) },
  { path: 'calendar/waitlist', title: 'Waiting for time', loadComponent: () => import('./waitlist').then((file) => file.WaitlistPage) },
  { path: 'calendar/subscribe', title: 'Subscribe', loadComponent: () => import('./subscribe').then((file) => file.Subscribe) },
  { path: 'diary/calendars', title: 'Other calendars', loadComponent: () => import('./outside-calendars').then((file) => file.OutsideCalendarsPage) },
  { path: 'diary', title: 'My diary', loadComponent: () => import('./diary').then((file) => file.Diary) },
];
