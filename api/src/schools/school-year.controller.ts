import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdSchema } from '@fairshare/contract/list';
import {
  AddedLinesSchema, CalendarLineListSchema, CalendarLineQuerySchema, CalendarLineSchema, CopySchoolYearSchema, PasteTermDatesSchema, SaveCalendarLineSchema,
  SchoolYearQuerySchema, SchoolYearSchema,
  type CalendarLineQuery, type CopySchoolYear, type PasteTermDates, type SaveCalendarLine, type SchoolYearQuery,
} from '@fairshare/contract/schools';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { SchoolYearService } from './school-year.service.js';
import './schools.permissions.js';

@ApiTags('schools')
@Controller('collaborations/:collaborationId/school-year')
export class SchoolYearController {
  readonly #years: SchoolYearService;

  constructor(years: SchoolYearService) {
    this.#years = years;
  }

  @Get()
  @Allow('schools.see-school-year')
  @Answers(SchoolYearSchema)
  read(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: SchoolYearQuerySchema }) query: SchoolYearQuery) {
    return this.#years.read(who, collaborationId, query);
  }

  @Get('lines')
  @Allow('schools.see-school-year')
  @Answers(CalendarLineListSchema)
  lines(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: CalendarLineQuerySchema }) query: CalendarLineQuery) {
    return this.#years.lines(who, collaborationId, query);
  }

  @Post('lines')
  @Allow('schools.change-school-year')
  @Answers(CalendarLineSchema, 201)
  add(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: SaveCalendarLineSchema }) body: SaveCalendarLine) {
    return this.#years.add(who, collaborationId, body);
  }

  @Put('lines/:lineId')
  @Allow('schools.change-school-year')
  @Answers(CalendarLineSchema)
  change(
    @Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('lineId', { schema: IdSchema }) lineId: string,
    @Body({ schema: SaveCalendarLineSchema }) body: SaveCalendarLine,
  ) {
    return this.#years.change(who, collaborationId, lineId, body);
  }

  @Delete('lines/:lineId')
  @HttpCode(204)
  @Allow('schools.change-school-year')
  remove(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('lineId', { schema: IdSchema }) lineId: string) {
    return this.#years.remove(who, collaborationId, lineId);
  }

  @Post('paste')
  @HttpCode(200)
  @Allow('schools.change-school-year')
  @Answers(AddedLinesSchema)
  paste(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: PasteTermDatesSchema }) body: PasteTermDates) {
    return this.#years.paste(who, collaborationId, body);
  }

  @Post('copy')
  @HttpCode(200)
  @Allow('schools.change-school-year')
  @Answers(AddedLinesSchema)
  copy(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: CopySchoolYearSchema }) body: CopySchoolYear) {
    return this.#years.copy(who, collaborationId, body);
  }
}
