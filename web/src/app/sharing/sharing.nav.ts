import type { NavEntry, SearchSource } from '../ui/nav-entry';

export const nav: readonly NavEntry[] = [
  { label: 'Shared costs', purpose: 'Charges and each school’s share, to the penny.', icon: 'share', path: 'shared-costs', roles: ['finance-officer', 'coordinator', 'business-manager', 'head', 'governor', 'auditor'], order: 40 },
];
export const search: readonly SearchSource[] = [];
