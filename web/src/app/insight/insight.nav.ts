import type { NavEntry, SearchSource } from '../ui/nav-entry';

export const nav: readonly NavEntry[] = [
  { label: 'Home', purpose: 'What needs you today.', icon: 'home', path: '', roles: ['business-manager', 'coordinator', 'head', 'finance-officer', 'governor', 'specialist', 'auditor'], order: 0 },
  { label: 'Value for money', purpose: 'What was booked, what is left, what it cost and what it saved.', icon: 'value', path: 'value-for-money', roles: ['head', 'governor', 'business-manager', 'finance-officer', 'coordinator', 'auditor'], order: 70 },
];
export const search: readonly SearchSource[] = [];
