import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdSchema } from '@fairshare/contract/list';
import {
  ChargedInstalmentsSchema, ChargeInstalmentsSchema, ChargeListSchema, ChargeSchema, ChargeSharesSchema, ChargesQuerySchema, CorrectChargeSchema, CorrectedSchema, MakeChargeSchema, ShareAmongSchema,
  type ChargeInstalments, type ChargesQuery, type CorrectCharge, type MakeCharge, type ShareAmong,
} from '@fairshare/contract/sharing';
import type { FastifyReply } from 'fastify';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers, AnswersOrAsks, doneOrAskedAs } from '../platform/answers.js';
import { ChargeDesk } from './charge-desk.js';
import { ChargesQueries } from './charges.queries.js';
import { InstalmentsService } from './instalments.service.js';
import './sharing.permissions.js';

@ApiTags('sharing')
@Controller('collaborations/:collaborationId/charges')
export class ChargesController {
  readonly #desk: ChargeDesk;
  readonly #instalments: InstalmentsService;
  readonly #queries: ChargesQueries;

  constructor(desk: ChargeDesk, instalments: InstalmentsService, queries: ChargesQueries) {
    this.#desk = desk;
    this.#instalments = instalments;
    this.#queries = queries;
  }

  @Get()
  @Allow('sharing.see-charges')
  @Answers(ChargeListSchema)
  list(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: ChargesQuerySchema }) query: ChargesQuery) {
    return this.#queries.list(who, collaborationId, query);
  }

  @Post()
  @Allow('sharing.make-charges')
  @AnswersOrAsks(ChargeSchema, 201)
  async enter(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: MakeChargeSchema }) body: MakeCharge, @Res({ passthrough: true }) reply: FastifyReply) {
    return doneOrAskedAs(reply, await this.#desk.enter(who, collaborationId, body));
  }

  @Post('instalments')
  @HttpCode(200)
  @Allow('sharing.make-charges')
  @Answers(ChargedInstalmentsSchema)
  instalments(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: ChargeInstalmentsSchema }) body: ChargeInstalments) {
    return this.#instalments.charge(who, collaborationId, body.through);
  }

  @Get(':chargeId')
  @Allow('sharing.see-charges')
  @Answers(ChargeSchema)
  one(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('chargeId', { schema: IdSchema }) chargeId: string) {
    return this.#queries.one(who, collaborationId, chargeId);
  }

  @Get(':chargeId/shares')
  @Allow('sharing.see-charges')
  @Answers(ChargeSharesSchema)
  shares(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('chargeId', { schema: IdSchema }) chargeId: string) {
    return this.#queries.shares(who, collaborationId, chargeId);
  }

  @Post(':chargeId/share')
  @HttpCode(200)
  @Allow('sharing.make-charges')
  @Answers(ChargeSchema)
  share(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('chargeId', { schema: IdSchema }) chargeId: string) {
    return this.#desk.shareAgain(who, collaborationId, chargeId);
  }

  @Post(':chargeId/share-among')
  @HttpCode(200)
  @Allow('sharing.make-charges')
  @AnswersOrAsks(ChargeSchema)
  async shareAmong(
    @Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('chargeId', { schema: IdSchema }) chargeId: string,
    @Body({ schema: ShareAmongSchema }) body: ShareAmong, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return doneOrAskedAs(reply, await this.#desk.shareAmong(who, collaborationId, chargeId, body));
  }

  @Post(':chargeId/corrections')
  @Allow('sharing.make-charges')
  @AnswersOrAsks(CorrectedSchema, 201)
  async correct(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('chargeId', { schema: IdSchema }) chargeId: string, @Body({ schema: CorrectChargeSchema }) body: CorrectCharge, @Res({ passthrough: true }) reply: FastifyReply) {
    return doneOrAskedAs(reply, await this.#desk.correct(who, collaborationId, chargeId, body));
  }
}
