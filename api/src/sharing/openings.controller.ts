import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  HoursGivenBodySchema, HoursGivenSchema, OnAccountSchema, OpeningBalancesSchema, SettleEstimateSchema,
  type HoursGivenBody, type OpeningBalances, type SettleEstimate,
} from '@fairshare/contract/charges-due';
import { IdSchema } from '@fairshare/contract/list';
import type { FastifyReply } from 'fastify';
import { ChargeSchema, CorrectedSchema } from '@fairshare/contract/sharing';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers, AnswersOrAsks, doneOrAskedAs } from '../platform/answers.js';
import { HoursService } from './hours.service.js';
import { OnAccountQueries } from './on-account.queries.js';
import { OpeningsDesk } from './openings-desk.js';
import './sharing.permissions.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });

@ApiTags('sharing')
@Controller('collaborations/:collaborationId')
export class OpeningsController {
  readonly #hours: HoursService;
  readonly #onAccount: OnAccountQueries;
  readonly #openings: OpeningsDesk;

  constructor(hours: HoursService, onAccount: OnAccountQueries, openings: OpeningsDesk) {
    this.#hours = hours;
    this.#onAccount = onAccount;
    this.#openings = openings;
  }

  @Get('on-account')
  @Allow('sharing.see-plans')
  @Answers(OnAccountSchema)
  onAccount(@Who() who: Scope, @Collaboration() collaborationId: string) {
    return this.#onAccount.read(who, collaborationId);
  }

  @Post('opening-balances')
  @Allow('sharing.make-charges')
  @AnswersOrAsks(CorrectedSchema, 201)
  async open(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: OpeningBalancesSchema }) body: OpeningBalances, @Res({ passthrough: true }) reply: FastifyReply) {
    return doneOrAskedAs(reply, await this.#openings.open(who, collaborationId, body));
  }

  @Post('charges/:chargeId/actual')
  @HttpCode(200)
  @Allow('sharing.make-charges')
  @AnswersOrAsks(ChargeSchema)
  async settle(
    @Who() who: Scope, @Collaboration() collaborationId: string, @Param('chargeId', { schema: IdSchema }) chargeId: string, @Body({ schema: SettleEstimateSchema }) body: SettleEstimate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return doneOrAskedAs(reply, await this.#openings.settle(who, collaborationId, chargeId, body));
  }

  @Get('hours-given')
  @Allow('sharing.see-charges')
  @Answers(HoursGivenSchema)
  hours(@Who() who: Scope, @Collaboration() collaborationId: string) {
    return this.#hours.read(who, collaborationId);
  }

  @Post('hours-given')
  @Allow('sharing.record-hours')
  @Answers(HoursGivenSchema, 201)
  give(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: HoursGivenBodySchema }) body: HoursGivenBody) {
    return this.#hours.give(who, collaborationId, body);
  }
}
