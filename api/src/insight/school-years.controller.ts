import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CommitmentsQuerySchema, CommitmentsSchema, SchoolYearQuerySchema, SchoolYearSchema, type CommitmentsQuery, type SchoolYearQuery } from '@fairshare/contract/insight';
import { IdSchema, UrnSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import './insight.permissions.js';
import { CommitmentsQueries } from './commitments.queries.js';
import { SchoolYears } from './school-years.queries.js';

@ApiTags('insight')
@Controller('collaborations/:collaborationId')
export class SchoolYearsController {
  readonly #commitments: CommitmentsQueries;
  readonly #years: SchoolYears;

  constructor(commitments: CommitmentsQueries, years: SchoolYears) {
    this.#commitments = commitments;
    this.#years = years;
  }

  @Get('commitments')
  @Allow('insight.see-value')
  @Answers(CommitmentsSchema)
  commitments(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: CommitmentsQuerySchema }) query: CommitmentsQuery) {
    return this.#commitments.list(who, collaborationId, query.schoolUrn);
  }

  @Get('school-years/:urn')
  @Allow('insight.see-value')
  @Answers(SchoolYearSchema)
  year(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('urn', { schema: UrnSchema }) urn: string, @Query({ schema: SchoolYearQuerySchema }) query: SchoolYearQuery) {
    return this.#years.read(who, collaborationId, urn, query.on);
  }
}
