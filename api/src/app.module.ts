import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { AvailabilityModule } from './availability/availability.module.js';
import { BookingsModule } from './bookings/bookings.module.js';
import { DemoModule } from './demo/demo.module.js';
import { BillingModule } from './billing/billing.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { InsightModule } from './insight/insight.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import type { Config } from './platform/config.js';
import type { Connection } from './platform/data-source.js';
import { PlatformModule } from './platform/platform.module.js';
import { ProcurementModule } from './procurement/procurement.module.js';
import { SchoolsModule } from './schools/schools.module.js';
import { SharingModule } from './sharing/sharing.module.js';

/** The rooms, in the order in which they may know of one another. */
export const rooms = [SchoolsModule, IdentityModule, ProcurementModule, AvailabilityModule, BookingsModule, SharingModule, AuditModule, LedgerModule, BillingModule, InsightModule, DemoModule];

@Module({})
export class AppModule {
  static with(config: Config, connection: Connection): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.with(config, connection), ...rooms] };
  }
}
