import type { NavEntry, SearchSource } from '../ui/nav-entry';

export const nav: readonly NavEntry[] = [
  { label: 'Audit trail', purpose: 'Who did what, to what, and when.', icon: 'history', path: 'audit', roles: ['coordinator', 'auditor'], order: 95 },
];
export const search: readonly SearchSource[] = [];
