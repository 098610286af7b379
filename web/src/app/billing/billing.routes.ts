import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'invoices', title: 'Invoices', loadComponent: () => import('./invoices').then((file) => file.Invoices) },
  { path: 'invoices/:invoiceId', title: 'Invoice', loadComponent: () => import('./invoice-page').then((file) => file.InvoicePage) },
  { path: 'reconciliation', title: 'Reconciliation', loadComponent: () => import('./reconciliation').then((file) => file.Reconciliation) },
  { path: 'books/aged-debt', title: 'Who owes what', loadComponent: () => import('./aged-debt').then((file) => file.AgedDebtPage) },
  { path: 'books/vat', title: 'VAT', loadComponent: () => import('./vat-page').then((file) => file.VatPage) },
  { path: 'books/codes', title: 'Return codes', loadComponent: () => import('./cost-codes').then((file) => file.CostCodesPage) },
  { path: 'books/bills', title: 'Suppliers’ bills', loadComponent: () => import('./supplier-bills').then((file) => file.SupplierBillsPage) },
  { path: 'disputes', title: 'Disputes', loadComponent: () => import('./disputes').then((file) => file.DisputesPage) },
  { path: 'my-school/statement', title: 'Statement', loadComponent: () => import('./statement').then((file) => file.StatementPage) },
];
