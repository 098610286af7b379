import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  FundingQuerySchema, FundingSchema, PayShareSchema, SaveBudgetSchema, SaveFundingRuleSchema, type FundingQuery, type PayShare, type SaveBudget, type SaveFundingRule,
} from '@fairshare/contract/funding';
import { IdSchema, UrnSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { FundingQueries } from './funding.queries.js';
import { FundingService } from './funding.service.js';
import './sharing.permissions.js';

@ApiTags('sharing')
@Controller('collaborations/:collaborationId/funding/:urn')
export class FundingController {
  readonly #funding: FundingService;
  readonly #queries: FundingQueries;

  constructor(funding: FundingService, queries: FundingQueries) {
    this.#funding = funding;
    this.#queries = queries;
  }

  @Get()
  @Allow('sharing.see-funding')
  @Answers(FundingSchema)
  read(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('urn', { schema: UrnSchema }) urn: string, @Query({ schema: FundingQuerySchema }) query: FundingQuery) {
    return this.#queries.read(who, collaborationId, urn, query.on);
  }

  @Put('budgets')
  @Allow('sharing.keep-funding')
  @Answers(FundingSchema)
  budget(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('urn', { schema: UrnSchema }) urn: string, @Body({ schema: SaveBudgetSchema }) body: SaveBudget) {
    return this.#funding.saveBudget(who, collaborationId, urn, body);
  }

  @Put('rules')
  @Allow('sharing.keep-funding')
  @Answers(FundingSchema)
  rule(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('urn', { schema: UrnSchema }) urn: string, @Body({ schema: SaveFundingRuleSchema }) body: SaveFundingRule) {
    return this.#funding.saveRule(who, collaborationId, urn, body);
  }

  @Put('shares/:shareId')
  @Allow('sharing.keep-funding')
  @Answers(FundingSchema)
  share(
    @Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('urn', { schema: UrnSchema }) urn: string,
    @Param('shareId', { schema: IdSchema }) shareId: string, @Body({ schema: PayShareSchema }) body: PayShare,
  ) {
    return this.#funding.payShare(who, collaborationId, urn, shareId, body);
  }
}
