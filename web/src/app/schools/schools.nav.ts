import type { NavEntry, SearchSource } from '../ui/nav-entry';

export const nav: readonly NavEntry[] = [
  {
    label: 'Schools and people', short: 'Schools', purpose: 'Members and their pupil numbers, people and roles, the school year, imports.', icon: 'school', path: 'schools', order: 80,
    roles: ['coordinator', 'administrator', 'business-manager', 'finance-officer', 'head', 'governor', 'auditor'],
  },
];
export const search: readonly SearchSource[] = [
  { label: 'Schools', roles: 'everyone', load: () => import('./school-search').then((file) => file.SchoolSearch) },
];
