import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'invoices', title: 'Invoices', loadComponent: () => import('./invoices').then((file) => file.Invoices) },
  { path: 'invoices/:invoiceId', title: 'Invoice', loadComponent: () => import('./invoice-page').then((file) => file.InvoicePage) },
  { path: 'reconciliation', title: 'Reconciliation', loadComponent: () => import('./reconciliation').then((file) => file.Reconciliation) },
];
