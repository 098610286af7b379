import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdSchema } from '@fairshare/contract/list';
import { BookingSharesQuerySchema, BookingSharesSchema, PeriodQuerySchema, SharedCostsSchema, WhatIfBasisSchema, type BookingSharesQuery, type PeriodQuery } from '@fairshare/contract/sharing';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { BookingSharesReader } from './booking-shares.js';
import { SharedCostsQueries } from './shared-costs.queries.js';
import './sharing.permissions.js';

@ApiTags('sharing')
@Controller('collaborations/:collaborationId')
export class SharedCostsController {
  readonly #bookingShares: BookingSharesReader;
  readonly #costs: SharedCostsQueries;

  constructor(bookingShares: BookingSharesReader, costs: SharedCostsQueries) {
    this.#bookingShares = bookingShares;
    this.#costs = costs;
  }

  @Get('shared-costs')
  @Allow('sharing.see-charges')
  @Answers(SharedCostsSchema)
  matrix(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: PeriodQuerySchema }) query: PeriodQuery) {
    return this.#costs.matrix(who, collaborationId, query);
  }

  @Get('booking-shares')
  @Allow('sharing.see-what-if')
  @Answers(BookingSharesSchema)
  bookingShares(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: BookingSharesQuerySchema }) query: BookingSharesQuery) {
    return this.#bookingShares.read(who, collaborationId, query);
  }

  @Get('agreements/:agreementId/what-if-basis')
  @Allow('sharing.see-what-if')
  @Answers(WhatIfBasisSchema)
  whatIf(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('agreementId', { schema: IdSchema }) agreementId: string, @Query({ schema: PeriodQuerySchema }) query: PeriodQuery) {
    return this.#costs.whatIfBasis(who, collaborationId, agreementId, query);
  }
}
