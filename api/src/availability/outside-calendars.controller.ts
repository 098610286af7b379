import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { IdSchema } from '@fairshare/contract/list';
import { NewOutsideCalendarSchema, OutsideCalendarSchema, OutsideCalendarsSchema, type NewOutsideCalendar } from '@fairshare/contract/outside-calendars';
import type { FastifyRequest } from 'fastify';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { importLimit, Limited } from '../platform/limited.js';
import { uploadedFile } from '../platform/uploads.js';
import './availability.permissions.js';
import { OutsideCalendars } from './outside-calendars.service.js';

const largestFile = 5 * 1024 * 1024;

const Collaboration = () => Param('collaborationId', { schema: IdSchema });
const Specialist = () => Param('specialistId', { schema: IdSchema });
const CalendarId = () => Param('calendarId', { schema: IdSchema });

@ApiTags('availability')
@Controller('collaborations/:collaborationId')
export class OutsideCalendarsController {
  readonly #calendars: OutsideCalendars;

  constructor(calendars: OutsideCalendars) {
    this.#calendars = calendars;
  }

  @Get('outside-calendars')
  @Allow('availability.see-working-time')
  @Answers(OutsideCalendarsSchema)
  list(@Who() who: Scope, @Collaboration() collaborationId: string) {
    return this.#calendars.list(who, collaborationId);
  }

  @Post('specialists/:specialistId/outside-calendars')
  @Limited(importLimit)
  @Allow('availability.change-working-time')
  @Answers(OutsideCalendarSchema, 201)
  addAddress(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string, @Body({ schema: NewOutsideCalendarSchema }) body: NewOutsideCalendar) {
    return this.#calendars.addAddress(who, collaborationId, specialistId, body);
  }

  @Post('specialists/:specialistId/outside-calendars/file')
  @Limited(importLimit)
  @Allow('availability.change-working-time')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } })
  @Answers(OutsideCalendarSchema, 201)
  async addFile(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string, @Req() request: FastifyRequest) {
    return this.#calendars.addFile(who, collaborationId, specialistId, await uploadedFile(request, largestFile, ['ics']));
  }

  @Post('specialists/:specialistId/outside-calendars/:calendarId/refresh')
  @Limited(importLimit)
  @HttpCode(200)
  @Allow('availability.change-working-time')
  @Answers(OutsideCalendarSchema)
  refresh(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string, @CalendarId() calendarId: string) {
    return this.#calendars.refresh(who, collaborationId, specialistId, calendarId);
  }

  @Delete('specialists/:specialistId/outside-calendars/:calendarId')
  @HttpCode(204)
  @Allow('availability.change-working-time')
  remove(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string, @CalendarId() calendarId: string) {
    return this.#calendars.remove(who, collaborationId, specialistId, calendarId);
  }
}
