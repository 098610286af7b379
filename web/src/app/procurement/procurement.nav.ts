import type { NavEntry, SearchSource } from '../ui/nav-entry';

export const nav: readonly NavEntry[] = [
  {
    label: 'Services and agreements', short: 'Services', purpose: 'What the schools buy together, on which terms, and what has to be done next.', icon: 'agreement', path: 'agreements', order: 30,
    roles: ['coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'auditor'],
  },
];
export const search: readonly SearchSource[] = [
  { label: 'Agreements', roles: 'everyone', load: () => import('./agreement-search').then((file) => file.AgreementSearch) },
];
