import type { Routes } from '@angular/router';

export const routes: Routes = [{ path: 'audit', title: 'Audit trail', loadComponent: () => import('./audit-trail').then((file) => file.AuditTrail) }];
