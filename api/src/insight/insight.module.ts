// Owns the figures by which heads judge value for money, and the check of what must always be true.
// Refuses to write anything: it reads over all rooms, and joins across them live here only.
// Nothing is stored; every figure is worked out when it is asked for.
import { Module } from '@nestjs/common';
import { ProcurementModule } from '../procurement/procurement.module.js';
import { SchoolsModule } from '../schools/schools.module.js';
import { SharingModule } from '../sharing/sharing.module.js';
import { Commitments } from './commitments.js';
import { CommitmentsQueries } from './commitments.queries.js';
import { InvariantsController } from './invariants.controller.js';
import { InvariantsQueries } from './invariants.queries.js';
import { SchoolYearsController } from './school-years.controller.js';
import { SchoolYears } from './school-years.queries.js';
import { ValueController } from './value.controller.js';
import { ValueReader } from './value-reader.js';
import { ValueService } from './value.service.js';

@Module({
  imports: [ProcurementModule, SchoolsModule, SharingModule],
  controllers: [ValueController, InvariantsController, SchoolYearsController],
  providers: [Commitments, CommitmentsQueries, SchoolYears, InvariantsQueries, ValueReader, ValueService],
  exports: [ValueService, InvariantsQueries],
})
export class InsightModule {}
