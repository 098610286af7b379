import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'agreements', title: 'Services and agreements', loadComponent: () => import('./contracts-register').then((file) => file.ContractsRegister) },
  { path: 'agreements/services', title: 'Services', loadComponent: () => import('./catalogue').then((file) => file.Catalogue) },
  { path: 'agreements/suppliers', title: 'Suppliers', loadComponent: () => import('./suppliers').then((file) => file.Suppliers) },
  { path: 'agreements/specialists', title: 'Specialists', loadComponent: () => import('./specialists').then((file) => file.Specialists) },
  { path: 'agreements/new', title: 'New agreement', loadComponent: () => import('./agreement-form').then((file) => file.AgreementForm) },
  { path: 'agreements/:agreementId', title: 'Agreement', loadComponent: () => import('./agreement').then((file) => file.Agreement) },
  { path: 'agreements/:agreementId/edit', title: 'Edit agreement', loadComponent: () => import('./agreement-form').then((file) => file.AgreementForm) },
  { path: 'agreements/:agreementId/what-if', title: 'What if', loadComponent: () => import('./what-if').then((file) => file.WhatIf) },
];
