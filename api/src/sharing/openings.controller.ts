import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  HoursGivenBodySchema, HoursGivenSchema, OnAccountSchema, OpeningBalancesSchema, SettleEstimateSchema,
  type HoursGivenBody, type OpeningBalances, type SettleEstimate,
} from '@fairshare/contract/charges-due';
import { IdSchema } from '@fairshare/contract/list';
import { ChargeSchema, CorrectedSchema } from '@fairshare/contract/sharing';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { HoursService } from './hours.service.js';
import { OnAccountQueries } from './on-account.queries.js';
import { OpeningsService } from './openings.service.js';
import './sharing.permissions.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });

@ApiTags('sharing')
@Controller('collaborations/:collaborationId')
export class OpeningsController {
  readonly #hours: HoursService;
  readonly #onAccount: OnAccountQueries;
  readonly #openings: OpeningsService;

  constructor(hours: HoursService, onAccount: OnAccountQueries, openings: OpeningsService) {
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
  @Answers(CorrectedSchema, 201)
  open(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: OpeningBalancesSchema }) body: OpeningBalances) {
    return this.#openings.open(who, collaborationId, body);
  }

  @Post('charges/:chargeId/actual')
  @HttpCode(200)
  @Allow('sharing.make-charges')
  @Answers(ChargeSchema)
  settle(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('chargeId', { schema: IdSchema }) chargeId: string, @Body({ schema: SettleEstimateSchema }) body: SettleEstimate) {
    return this.#openings.settle(who, collaborationId, chargeId, body);
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
