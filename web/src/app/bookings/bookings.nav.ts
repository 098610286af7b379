import type { NavEntry, SearchSource } from '../ui/nav-entry';

export const nav: readonly NavEntry[] = [
  {
    label: 'Calendar', purpose: 'Every shared session; find time and book it.', icon: 'calendar', path: 'calendar', order: 10,
    roles: ['business-manager', 'coordinator', 'head', 'finance-officer', 'governor', 'auditor'],
  },
  { label: 'My diary', purpose: 'Your sessions over all schools; say what took place.', icon: 'diary', path: 'diary', order: 20, roles: ['specialist'] },
];
export const search: readonly SearchSource[] = [
  { label: 'Bookings', roles: 'everyone', load: () => import('./booking-search').then((file) => file.BookingSearch) },
];
