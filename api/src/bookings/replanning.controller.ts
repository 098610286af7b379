import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AcceptProposalSchema, ClosureHitsSchema, ClosureLookSchema, DeadlineSchema, GiveUpSchema, WorklistSchema, type AcceptProposal, type ClosureLook, type Deadline, type GiveUp,
} from '@fairshare/contract/board';
import { BookingSchema, DryRunQuerySchema, ProposalsSchema, ReplanCheckSchema, ReplanOutcomeSchema, type ReplanCheck } from '@fairshare/contract/bookings';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';
import { bookingLimit, replanningLimit } from './bookings.limits.js';
import './bookings.permissions.js';
import { ReplanAnswers } from './replan-answers.service.js';
import { ReplanCheckService } from './replan-check.service.js';
import { WorklistService } from './worklist.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });

const BookingId = () => Param('bookingId', { schema: IdSchema });

/** The worklist of what the world changed, and what is answered to it. */
@ApiTags('bookings')
@Controller('collaborations/:collaborationId')
export class ReplanningController {
  readonly #answers: ReplanAnswers;
  readonly #check: ReplanCheckService;
  readonly #worklist: WorklistService;

  constructor(answers: ReplanAnswers, check: ReplanCheckService, worklist: WorklistService) {
    this.#answers = answers;
    this.#check = check;
    this.#worklist = worklist;
  }

  @Get('replanning')
  @Allow('bookings.see')
  @Answers(WorklistSchema)
  worklist(@Who() who: Scope, @Collaboration() collaborationId: string) {
    return this.#worklist.read(who, collaborationId);
  }

  @Post('replanning/closing')
  @Limited(replanningLimit)
  @HttpCode(200)
  @Allow('bookings.check-plans')
  @Answers(ClosureHitsSchema)
  closing(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: ClosureLookSchema }) body: ClosureLook) {
    return this.#worklist.closing(who, collaborationId, body);
  }

  @Post('replanning')
  @Limited(replanningLimit)
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

  @Post('bookings/:bookingId/proposals/accept')
  @Limited(bookingLimit)
  @HttpCode(200)
  @Allow('bookings.move')
  @Answers(BookingSchema)
  accept(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string, @Body({ schema: AcceptProposalSchema }) body: AcceptProposal) {
    return this.#answers.accept(who, collaborationId, bookingId, body);
  }

  @Post('bookings/:bookingId/proposals/decline')
  @HttpCode(200)
  @Allow('bookings.move')
  @Answers(BookingSchema)
  decline(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string, @Body({ schema: GiveUpSchema }) body: GiveUp) {
    return this.#answers.giveUp(who, collaborationId, bookingId, body);
  }

  @Post('bookings/:bookingId/proposals/undo')
  @HttpCode(200)
  @Allow('bookings.move')
  @Answers(BookingSchema)
  undo(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string) {
    return this.#answers.undo(who, collaborationId, bookingId);
  }

  @Put('bookings/:bookingId/deadline')
  @Allow('bookings.move')
  @Answers(BookingSchema)
  deadline(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string, @Body({ schema: DeadlineSchema }) body: Deadline) {
    return this.#worklist.setDeadline(who, collaborationId, bookingId, body);
  }
}
