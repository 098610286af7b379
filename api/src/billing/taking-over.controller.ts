import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DryRunQuerySchema } from '@fairshare/contract/bookings';
import { IdSchema } from '@fairshare/contract/list';
import { SuccessionsSchema, TakenOverSchema, TakeOverSchema, type TakeOver } from '@fairshare/contract/taking-over';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import './billing.permissions.js';
import { TakingOver } from './taking-over.service.js';

@ApiTags('billing')
@Controller('collaborations/:collaborationId/money-successions')
export class TakingOverController {
  readonly #takingOver: TakingOver;

  constructor(takingOver: TakingOver) {
    this.#takingOver = takingOver;
  }

  @Get()
  @Allow('billing.see-books')
  @Answers(SuccessionsSchema)
  list(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string) {
    return this.#takingOver.list(who, collaborationId);
  }

  @Post()
  @HttpCode(200)
  @Allow('billing.invoice')
  @Answers(TakenOverSchema)
  takeOver(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: DryRunQuerySchema }) query: { dryRun: boolean }, @Body({ schema: TakeOverSchema }) body: TakeOver) {
    return this.#takingOver.takeOver(who, collaborationId, body, query.dryRun);
  }
}
