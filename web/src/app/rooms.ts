import type { Routes } from '@angular/router';
import * as audit from './audit/audit.nav';
import { houseRoutes as auditHouseRoutes, routes as auditRoutes } from './audit/audit.routes';
import * as availability from './availability/availability.nav';
import { routes as availabilityRoutes } from './availability/availability.routes';
import * as billing from './billing/billing.nav';
import { routes as billingRoutes } from './billing/billing.routes';
import * as bookings from './bookings/bookings.nav';
import { routes as bookingsRoutes } from './bookings/bookings.routes';
import * as identity from './identity/identity.nav';
import { accountRoutes, routes as identityRoutes } from './identity/identity.routes';
import * as insight from './insight/insight.nav';
import { routes as insightRoutes } from './insight/insight.routes';
import * as ledger from './ledger/ledger.nav';
import { routes as ledgerRoutes } from './ledger/ledger.routes';
import * as procurement from './procurement/procurement.nav';
import { routes as procurementRoutes } from './procurement/procurement.routes';
import * as schools from './schools/schools.nav';
import { houseRoutes, routes as schoolsRoutes } from './schools/schools.routes';
import * as sharing from './sharing/sharing.nav';
import { routes as sharingRoutes } from './sharing/sharing.routes';
import type { NavEntry, SearchSource } from './ui/nav-entry';

/**
 * The only place that knows every room. Routes are eager and tiny (each page in them is a `loadComponent`),
 * so that the navigation can be drawn, and a wrong address refused, without asking for anything.
 */
const all = [insight, bookings, availability, procurement, sharing, billing, ledger, schools, identity, audit];

/** What the navigation may show, from top to bottom. */
export const navigation: readonly NavEntry[] = all.flatMap((room) => room.nav).sort((a, b) => a.order - b.order);

export const searchSources: readonly SearchSource[] = all.flatMap((room) => room.search);

/** Pages below `/c/:collaborationId`. */
export const roomRoutes: Routes = [
  ...insightRoutes,
  ...bookingsRoutes,
  ...availabilityRoutes,
  ...procurementRoutes,
  ...sharingRoutes,
  ...billingRoutes,
  ...ledgerRoutes,
  ...schoolsRoutes,
  ...identityRoutes,
  ...auditRoutes,
];

/** Pages above any collaboration. */
export const roomsAbove: Routes = [...houseRoutes, ...auditHouseRoutes, ...accountRoutes];
