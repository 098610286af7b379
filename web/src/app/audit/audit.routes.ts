import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: 'schools/outbox', title: 'Outbox', loadComponent: () => import('./outbox').then((file) => file.Outbox) },
  { path: 'audit', title: 'Audit trail', loadComponent: () => import('./audit-trail').then((file) => file.AuditTrail) },
];

/** Above any collaboration: sign-ins, imports, people who left. */
export const houseRoutes: Routes = [
  { path: 'audit', title: 'Audit trail', loadComponent: () => import('./audit-trail').then((file) => file.AuditTrail) },
  { path: 'retention', title: 'What is kept how long', loadComponent: () => import('./retention').then((file) => file.RetentionPage) },
];
