import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ChooseCostCodeSchema, ChooseVatSchema, CostCodesSchema, DecideDisputeSchema, DisputeSchema, DisputesQuerySchema, DisputesSchema, OpenDisputeSchema, VatTreatmentsQuerySchema, VatTreatmentsSchema,
  type ChooseCostCode, type ChooseVat, type DecideDispute, type DisputesQuery, type OpenDispute, type VatTreatmentsQuery,
} from '@fairshare/contract/books';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import './billing.permissions.js';
import { Choices } from './choices.service.js';
import { DisputeQueries } from './disputes.queries.js';
import { Disputes } from './disputes.service.js';

@ApiTags('billing')
@Controller('collaborations/:collaborationId')
export class DecisionsController {
  readonly #choices: Choices;
  readonly #disputes: Disputes;
  readonly #queries: DisputeQueries;

  constructor(choices: Choices, disputes: Disputes, queries: DisputeQueries) {
    this.#choices = choices;
    this.#disputes = disputes;
    this.#queries = queries;
  }

  @Get('disputes')
  @Allow('billing.see-invoices')
  @Answers(DisputesSchema)
  disputes(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: DisputesQuerySchema }) query: DisputesQuery) {
    return this.#queries.list(who, collaborationId, query);
  }

  @Post('disputes')
  @Allow('billing.dispute')
  @Answers(DisputeSchema, 201)
  open(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: OpenDisputeSchema }) body: OpenDispute) {
    return this.#disputes.open(who, collaborationId, body);
  }

  @Post('disputes/:disputeId/decide')
  @HttpCode(200)
  @Allow('billing.decide-disputes')
  @Answers(DisputeSchema)
  decide(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('disputeId', { schema: IdSchema }) disputeId: string, @Body({ schema: DecideDisputeSchema }) body: DecideDispute) {
    return this.#disputes.decide(who, collaborationId, disputeId, body);
  }

  @Post('disputes/:disputeId/withdraw')
  @HttpCode(200)
  @Allow('billing.dispute')
  @Answers(DisputeSchema)
  withdraw(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('disputeId', { schema: IdSchema }) disputeId: string) {
    return this.#disputes.withdraw(who, collaborationId, disputeId);
  }

  @Get('vat-treatments')
  @Allow('billing.see-books')
  @Answers(VatTreatmentsSchema)
  vat(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: VatTreatmentsQuerySchema }) query: VatTreatmentsQuery) {
    return this.#choices.vat(who, collaborationId, query.on);
  }

  @Post('vat-treatments')
  @Allow('billing.invoice')
  @Answers(VatTreatmentsSchema, 201)
  chooseVat(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: ChooseVatSchema }) body: ChooseVat) {
    return this.#choices.chooseVat(who, collaborationId, body);
  }

  @Get('cost-codes')
  @Allow('billing.see-books')
  @Answers(CostCodesSchema)
  costCodes(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string) {
    return this.#choices.costCodes(who, collaborationId);
  }

  @Put('cost-codes')
  @Allow('billing.invoice')
  @Answers(CostCodesSchema)
  chooseCostCode(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: ChooseCostCodeSchema }) body: ChooseCostCode) {
    return this.#choices.chooseCostCode(who, collaborationId, body);
  }
}
