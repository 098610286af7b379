// Owns working patterns, absences, extra time, travel, rooms, and the time that is taken.
// Refuses to know prices, who pays, and who took the time that is taken.
// What the rules decide is decided in the domain; here it is loaded and stored.
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '../identity/identity.module.js';
import { ProcurementModule } from '../procurement/procurement.module.js';
import { SchoolsModule } from '../schools/schools.module.js';
import { AbsenceEntity } from './absence.entity.js';
import { Absences } from './absences.js';
import './availability.problems.js';
import { AvailabilityService } from './availability.service.js';
import { CalendarOwners } from './calendar-owners.js';
import { ExtraTimeEntity } from './extra-time.entity.js';
import { OutsideBusyTimes } from './outside-busy-times.js';
import { ErasedSpecialist } from './erased-specialist.js';
import { OutsideCalendarEntity } from './outside-calendar.entity.js';
import { OutsideCalendarsController } from './outside-calendars.controller.js';
import { OutsideCalendars } from './outside-calendars.service.js';
import { PlacesController } from './places.controller.js';
import { PlacesService } from './places.service.js';
import { RoomEntity } from './room.entity.js';
import { TimeTakenEntity } from './time-taken.entity.js';
import { TimeTaken } from './time-taken.js';
import { TravelTimeEntity } from './travel-time.entity.js';
import { WorkingPatternEntity } from './working-pattern.entity.js';
import { WorkingTimeController } from './working-time.controller.js';
import { WorkingTimeService } from './working-time.service.js';
import './availability.retention.js';

@Module({
  imports: [
    IdentityModule,
    SchoolsModule,
    ProcurementModule,
    TypeOrmModule.forFeature([WorkingPatternEntity, AbsenceEntity, ExtraTimeEntity, TravelTimeEntity, RoomEntity, TimeTakenEntity, OutsideCalendarEntity]),
  ],
  controllers: [WorkingTimeController, PlacesController, OutsideCalendarsController],
  providers: [TimeTaken, Absences, AvailabilityService, WorkingTimeService, PlacesService, OutsideCalendars, OutsideBusyTimes, CalendarOwners, ErasedSpecialist],
  exports: [TimeTaken, Absences, AvailabilityService, WorkingTimeService],
})
export class AvailabilityModule {}
