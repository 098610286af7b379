import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ChargePlanBodySchema, ChargePlanListSchema, ChargePlanSchema, ChargesDueQuerySchema, ChargesDueSchema, MakeDueChargesSchema, StopPlanSchema,
  type ChargePlanBody, type ChargesDueQuery, type MakeDueCharges, type StopPlan,
} from '@fairshare/contract/charges-due';
import { IdSchema } from '@fairshare/contract/list';
import { ChargedInstalmentsSchema } from '@fairshare/contract/sharing';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { ChargePlansService } from './charge-plans.service.js';
import { ChargesDueService } from './charges-due.service.js';
import './sharing.permissions.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });

@ApiTags('sharing')
@Controller('collaborations/:collaborationId')
export class ChargesDueController {
  readonly #due: ChargesDueService;
  readonly #plans: ChargePlansService;

  constructor(due: ChargesDueService, plans: ChargePlansService) {
    this.#due = due;
    this.#plans = plans;
  }

  @Get('charges-due')
  @Allow('sharing.see-plans')
  @Answers(ChargesDueSchema)
  due(@Who() who: Scope, @Collaboration() collaborationId: string, @Query({ schema: ChargesDueQuerySchema }) query: ChargesDueQuery) {
    return this.#due.list(who, collaborationId, query);
  }

  @Post('charges-due')
  @HttpCode(200)
  @Allow('sharing.make-charges')
  @Answers(ChargedInstalmentsSchema)
  make(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: MakeDueChargesSchema }) body: MakeDueCharges) {
    return this.#due.make(who, collaborationId, body);
  }

  @Get('charge-plans')
  @Allow('sharing.see-plans')
  @Answers(ChargePlanListSchema)
  plans(@Who() who: Scope, @Collaboration() collaborationId: string) {
    return this.#plans.list(who, collaborationId);
  }

  @Post('charge-plans')
  @Allow('sharing.make-charges')
  @Answers(ChargePlanSchema, 201)
  makePlan(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: ChargePlanBodySchema }) body: ChargePlanBody) {
    return this.#plans.make(who, collaborationId, body);
  }

  @Post('charge-plans/:planId/stop')
  @HttpCode(200)
  @Allow('sharing.make-charges')
  @Answers(ChargePlanSchema)
  stop(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('planId', { schema: IdSchema }) planId: string, @Body({ schema: StopPlanSchema }) body: StopPlan) {
    return this.#plans.stop(who, collaborationId, planId, body);
  }
}
