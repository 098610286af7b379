import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AbsencesSchema, NewAbsenceSchema, type NewAbsence } from '@fairshare/contract/availability';
import { AbsenceOutcomeSchema, DryRunQuerySchema } from '@fairshare/contract/bookings';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { AbsencesService } from './absences.service.js';
import './bookings.permissions.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });
const Specialist = () => Param('specialistId', { schema: IdSchema });

/** Absences stand in this room because they turn bookings into work: availability does not know what a booking is. */
@ApiTags('availability')
@Controller('collaborations/:collaborationId/specialists/:specialistId/absences')
export class AbsencesController {
  readonly #absences: AbsencesService;

  constructor(absences: AbsencesService) {
    this.#absences = absences;
  }

  @Get()
  @Allow('bookings.see-absences')
  @Answers(AbsencesSchema)
  list(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string) {
    return this.#absences.list(who, collaborationId, specialistId);
  }

  @Post()
  @Allow('bookings.replan')
  @Answers(AbsenceOutcomeSchema, 201)
  record(
    @Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string,
    @Query({ schema: DryRunQuerySchema }) query: { dryRun: boolean }, @Body({ schema: NewAbsenceSchema }) body: NewAbsence,
  ) {
    return query.dryRun ? this.#absences.dryRun(who, collaborationId, specialistId, body) : this.#absences.record(who, collaborationId, specialistId, body);
  }

  @Post(':absenceId/withdraw')
  @HttpCode(200)
  @Allow('bookings.replan')
  @Answers(AbsenceOutcomeSchema)
  withdraw(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string, @Param('absenceId', { schema: IdSchema }) absenceId: string) {
    return this.#absences.withdraw(who, collaborationId, specialistId, absenceId);
  }
}
