import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AgreementBodySchema, AgreementChangeSchema, AgreementDetailSchema, AgreementListSchema, AgreementsQuerySchema, DatedPriceBodySchema, InstalmentListSchema,
  RuleBodySchema, RuleListSchema, RuleSchema, SubscriptionBodySchema, SubscriptionChangeSchema, SubscriptionListSchema, SubscriptionSchema,
  type AgreementBody, type AgreementChange, type AgreementsQuery, type DatedPriceBody, type RuleBody, type SubscriptionBody, type SubscriptionChange,
} from '@fairshare/contract/agreements';
import { IdSchema, PageQuerySchema, type PageQuery } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { AgreementsService } from './agreements.service.js';
import { PricesService } from './prices.service.js';
import './procurement.permissions.js';
import { RulesService } from './rules.service.js';
import { SubscriptionsService } from './subscriptions.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });
const Agreement = () => Param('agreementId', { schema: IdSchema });
const Page = () => Query({ schema: PageQuerySchema });

@ApiTags('procurement')
@Controller('collaborations/:collaborationId/agreements')
export class AgreementsController {
  readonly #agreements: AgreementsService;
  readonly #prices: PricesService;
  readonly #rules: RulesService;
  readonly #subscriptions: SubscriptionsService;

  constructor(agreements: AgreementsService, prices: PricesService, rules: RulesService, subscriptions: SubscriptionsService) {
    this.#agreements = agreements;
    this.#prices = prices;
    this.#rules = rules;
    this.#subscriptions = subscriptions;
  }

  @Get()
  @Allow('procurement.see')
  @Answers(AgreementListSchema)
  list(@Who() who: Scope, @Collaboration() collaborationId: string, @Query({ schema: AgreementsQuerySchema }) query: AgreementsQuery) {
    return this.#agreements.list(who, collaborationId, query);
  }

  @Post()
  @Allow('procurement.change')
  @Answers(AgreementDetailSchema, 201)
  make(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: AgreementBodySchema }) body: AgreementBody) {
    return this.#agreements.make(who, collaborationId, body);
  }

  @Get(':agreementId')
  @Allow('procurement.see')
  @Answers(AgreementDetailSchema)
  one(@Who() who: Scope, @Collaboration() collaborationId: string, @Agreement() agreementId: string) {
    return this.#agreements.one(who, collaborationId, agreementId);
  }

  @Put(':agreementId')
  @Allow('procurement.change')
  @Answers(AgreementDetailSchema)
  change(@Who() who: Scope, @Collaboration() collaborationId: string, @Agreement() agreementId: string, @Body({ schema: AgreementChangeSchema }) body: AgreementChange) {
    return this.#agreements.change(who, collaborationId, agreementId, body);
  }

  @Post(':agreementId/prices')
  @HttpCode(200)
  @Allow('procurement.change')
  @Answers(AgreementDetailSchema)
  setPrice(@Who() who: Scope, @Collaboration() collaborationId: string, @Agreement() agreementId: string, @Body({ schema: DatedPriceBodySchema }) body: DatedPriceBody) {
    return this.#prices.set(who, collaborationId, agreementId, body);
  }

  @Get(':agreementId/rules')
  @Allow('procurement.see')
  @Answers(RuleListSchema)
  rules(@Who() who: Scope, @Collaboration() collaborationId: string, @Agreement() agreementId: string, @Page() query: PageQuery) {
    return this.#rules.list(who, collaborationId, agreementId, query);
  }

  @Post(':agreementId/rules')
  @Allow('procurement.change')
  @Answers(RuleSchema, 201)
  agreeRule(@Who() who: Scope, @Collaboration() collaborationId: string, @Agreement() agreementId: string, @Body({ schema: RuleBodySchema }) body: RuleBody) {
    return this.#rules.agree(who, collaborationId, agreementId, body);
  }

  @Put(':agreementId/rules/:ruleId')
  @Allow('procurement.change')
  @Answers(RuleSchema)
  changeRule(@Who() who: Scope, @Collaboration() collaborationId: string, @Agreement() agreementId: string, @Param('ruleId', { schema: IdSchema }) ruleId: string, @Body({ schema: RuleBodySchema }) body: RuleBody) {
    return this.#rules.change(who, collaborationId, agreementId, ruleId, body);
  }

  @Get(':agreementId/subscriptions')
  @Allow('procurement.see')
  @Answers(SubscriptionListSchema)
  subscriptions(@Who() who: Scope, @Collaboration() collaborationId: string, @Agreement() agreementId: string, @Page() query: PageQuery) {
    return this.#subscriptions.list(who, collaborationId, agreementId, query);
  }

  @Post(':agreementId/subscriptions')
  @Allow('procurement.change')
  @Answers(SubscriptionSchema, 201)
  subscribe(@Who() who: Scope, @Collaboration() collaborationId: string, @Agreement() agreementId: string, @Body({ schema: SubscriptionBodySchema }) body: SubscriptionBody) {
    return this.#subscriptions.subscribe(who, collaborationId, agreementId, body);
  }

  @Put(':agreementId/subscriptions/:subscriptionId')
  @Allow('procurement.change')
  @Answers(SubscriptionSchema)
  changeSubscription(
    @Who() who: Scope, @Collaboration() collaborationId: string, @Agreement() agreementId: string,
    @Param('subscriptionId', { schema: IdSchema }) subscriptionId: string, @Body({ schema: SubscriptionChangeSchema }) body: SubscriptionChange,
  ) {
    return this.#subscriptions.change(who, collaborationId, agreementId, subscriptionId, body);
  }

  @Get(':agreementId/instalments')
  @Allow('procurement.see')
  @Answers(InstalmentListSchema)
  instalments(@Who() who: Scope, @Collaboration() collaborationId: string, @Agreement() agreementId: string, @Page() query: PageQuery) {
    return this.#agreements.instalments(who, collaborationId, agreementId, query);
  }
}
