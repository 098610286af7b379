import type { NavEntry, SearchSource } from '../ui/nav-entry';

export const nav: readonly NavEntry[] = [
  { label: 'Home', purpose: 'What needs you today.', icon: 'home', path: '', roles: ['business-manager', 'coordinator', 'head', 'finance-officer', 'governor', 'specialist', 'auditor'], order: 0 },
];
export const search: readonly SearchSource[] = [];
