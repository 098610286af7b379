import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DryRunQuerySchema, ProposalsSchema, ReplanCheckSchema, ReplanOutcomeSchema, type ReplanCheck } from '@fairshare/contract/bookings';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import './bookings.permissions.js';
import { ReplanCheckService } from './replan-check.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });

/** The worklist of what the world changed. A proposal is accepted by moving the booking there. */
@ApiTags('bookings')
@Controller('collaborations/:collaborationId')
export class ReplanningController {
  readonly #check: ReplanCheckService;

  constructor(check: ReplanCheckService) {
    this.#check = check;
  }

  @Post('replanning')
  @HttpCode(200)
  @Allow('bookings.check-plans')
  @Answers(ReplanOutcomeSchema)
  check(
    @Who() who: Scope, @Collaboration() collaborationId: string,
    @Query({ schema: DryRunQuerySchema }) query: { dryRun: boolean }, @Body({ schema: ReplanCheckSchema }) body: ReplanCheck,
  ) {
    return this.#check.check(who, collaborationId, body, query.dryRun);
  }

  @Get('bookings/:bookingId/proposals')
  @Allow('bookings.see')
  @Answers(ProposalsSchema)
  proposals(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('bookingId', { schema: IdSchema }) bookingId: string) {
    return this.#check.proposals(who, collaborationId, bookingId);
  }
}
