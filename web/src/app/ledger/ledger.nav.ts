import type { NavEntry, SearchSource } from '../ui/nav-entry';

export const nav: readonly NavEntry[] = [
  { label: 'Books', purpose: 'Accounts, closed periods, who owes what, disputes, VAT and return codes.', icon: 'scales', path: 'books', roles: ['finance-officer', 'coordinator', 'auditor'], order: 65 },
];
export const search: readonly SearchSource[] = [];
