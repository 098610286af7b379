import type { NavEntry, SearchSource } from '../ui/nav-entry';

export const nav: readonly NavEntry[] = [
  { label: 'Shared costs', short: 'Costs', purpose: 'Charges and each school’s share, to the penny.', icon: 'share', path: 'shared-costs', roles: ['finance-officer', 'coordinator', 'business-manager', 'head', 'governor', 'auditor'], order: 40 },
  { label: 'My school', purpose: 'What our shares are paid from, what is still to come, and our account.', icon: 'pound', path: 'my-school', roles: ['business-manager', 'finance-officer', 'head', 'governor', 'auditor'], order: 75 },
];
export const search: readonly SearchSource[] = [];
