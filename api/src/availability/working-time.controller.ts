import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ChangeWorkingHoursSchema, ExtraTimeSchema, ExtraTimesSchema, NewExtraTimeSchema, NewWorkingPatternSchema, WorkingPatternSchema, WorkingPatternsSchema,
  type ChangeWorkingHours, type NewExtraTime, type NewWorkingPattern,
} from '@fairshare/contract/availability';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import './availability.permissions.js';
import { WorkingTimeService } from './working-time.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });
const Specialist = () => Param('specialistId', { schema: IdSchema });

@ApiTags('availability')
@Controller('collaborations/:collaborationId')
export class WorkingTimeController {
  readonly #workingTime: WorkingTimeService;

  constructor(workingTime: WorkingTimeService) {
    this.#workingTime = workingTime;
  }

  @Get('working-patterns')
  @Allow('availability.see-working-time')
  @Answers(WorkingPatternsSchema)
  allPatterns(@Who() who: Scope, @Collaboration() collaborationId: string) {
    return this.#workingTime.allPatterns(who, collaborationId);
  }

  @Get('specialists/:specialistId/working-patterns')
  @Allow('availability.see-working-time')
  @Answers(WorkingPatternsSchema)
  patterns(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string) {
    return this.#workingTime.patterns(who, collaborationId, specialistId);
  }

  @Post('specialists/:specialistId/working-patterns')
  @Allow('availability.change-working-time')
  @Answers(WorkingPatternSchema, 201)
  addPattern(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string, @Body({ schema: NewWorkingPatternSchema }) body: NewWorkingPattern) {
    return this.#workingTime.addPattern(who, collaborationId, specialistId, body);
  }

  @Delete('specialists/:specialistId/working-patterns/:patternId')
  @HttpCode(204)
  @Allow('availability.change-working-time')
  removePattern(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string, @Param('patternId', { schema: IdSchema }) patternId: string) {
    return this.#workingTime.removePattern(who, collaborationId, specialistId, patternId);
  }

  @Post('specialists/:specialistId/working-patterns/changes')
  @HttpCode(200)
  @Allow('availability.change-working-time')
  @Answers(WorkingPatternsSchema)
  changeHours(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string, @Body({ schema: ChangeWorkingHoursSchema }) body: ChangeWorkingHours) {
    return this.#workingTime.changeHours(who, collaborationId, specialistId, body);
  }

  @Get('specialists/:specialistId/extra-time')
  @Allow('availability.see-working-time')
  @Answers(ExtraTimesSchema)
  extraTime(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string) {
    return this.#workingTime.extraTime(who, collaborationId, specialistId);
  }

  @Post('specialists/:specialistId/extra-time')
  @Allow('availability.change-working-time')
  @Answers(ExtraTimeSchema, 201)
  addExtraTime(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string, @Body({ schema: NewExtraTimeSchema }) body: NewExtraTime) {
    return this.#workingTime.addExtraTime(who, collaborationId, specialistId, body);
  }

  @Delete('specialists/:specialistId/extra-time/:extraTimeId')
  @HttpCode(204)
  @Allow('availability.change-working-time')
  removeExtraTime(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string, @Param('extraTimeId', { schema: IdSchema }) extraTimeId: string) {
    return this.#workingTime.removeExtraTime(who, collaborationId, specialistId, extraTimeId);
  }
}
