import type { NavEntry, SearchSource } from '../ui/nav-entry';

export const nav: readonly NavEntry[] = [
  {
    label: 'Invoices', purpose: 'Make, check and issue invoices; credit them and record what was paid.', icon: 'invoice', path: 'invoices',
    roles: ['finance-officer', 'coordinator', 'business-manager', 'head', 'governor', 'auditor'], order: 50,
  },
  {
    label: 'Reconciliation', purpose: 'Match the bank’s lines, and see the one sum that has to be zero.', icon: 'reconcile', path: 'reconciliation',
    roles: ['finance-officer', 'coordinator', 'auditor'], order: 60,
  },
  { label: 'Our bills', purpose: 'The bills that you sent to the schools, and what is paid of them.', icon: 'invoice', path: 'books/bills', roles: ['supplier'], order: 50 },
];

export const search: readonly SearchSource[] = [
  { label: 'Invoices', roles: ['finance-officer', 'coordinator', 'business-manager', 'head', 'governor', 'auditor'], load: () => import('./invoice-search').then((file) => file.InvoiceSearch) },
];
