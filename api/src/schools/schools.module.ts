// Owns schools, collaborations, memberships, pupil numbers, the school year, and the imports of the national files.
// Refuses to know money and users.
// Others ask it through SchoolsQueries, inside their own transaction.
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarEntryEntity } from './calendar-entry.entity.js';
import { CollaborationEntity } from './collaboration.entity.js';
import { CollaborationsController } from './collaborations.controller.js';
import { CollaborationsService } from './collaborations.service.js';
import { ImportsController } from './imports.controller.js';
import { MembershipEntity } from './membership.entity.js';
import { PupilNumberEntity } from './pupil-number.entity.js';
import { SchoolEntity } from './school.entity.js';
import { SchoolImportEntity } from './school-import.entity.js';
import { SchoolImports } from './school-imports.service.js';
import { SchoolSearch } from './school-search.service.js';
import { SchoolYearController } from './school-year.controller.js';
import { SchoolYearService } from './school-year.service.js';
import { SchoolsController } from './schools.controller.js';
import './schools.problems.js';
import { SchoolsQueries } from './schools.queries.js';

@Module({
  imports: [TypeOrmModule.forFeature([SchoolEntity, PupilNumberEntity, SchoolImportEntity, CollaborationEntity, MembershipEntity, CalendarEntryEntity])],
  controllers: [ImportsController, SchoolsController, CollaborationsController, SchoolYearController],
  providers: [SchoolsQueries, SchoolImports, SchoolSearch, CollaborationsService, SchoolYearService],
  exports: [SchoolsQueries, CollaborationsService, SchoolYearService, SchoolImports],
})
export class SchoolsModule {}
