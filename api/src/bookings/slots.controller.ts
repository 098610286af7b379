import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SlotsQuerySchema, SlotsSchema, type SlotsQuery } from '@fairshare/contract/availability';
import { EntitlementsQuerySchema, EntitlementsSchema, type EntitlementsQuery } from '@fairshare/contract/bookings';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers, AnswersAsBuilt } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';
import { slotsLimit } from './bookings.limits.js';
import './bookings.permissions.js';
import { EntitlementsService } from './entitlements.service.js';
import { SlotsService } from './slots.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });

/** What could be booked, and what it may draw on. */
@ApiTags('availability')
@Controller('collaborations/:collaborationId')
export class SlotsController {
  readonly #entitlements: EntitlementsService;
  readonly #slots: SlotsService;

  constructor(entitlements: EntitlementsService, slots: SlotsService) {
    this.#entitlements = entitlements;
    this.#slots = slots;
  }

  @Get('slots')
  @Limited(slotsLimit)
  @Allow('bookings.find-slots')
  @AnswersAsBuilt(SlotsSchema)
  @Header('Content-Type', 'application/json; charset=utf-8')
  find(@Who() who: Scope, @Collaboration() collaborationId: string, @Query({ schema: SlotsQuerySchema }) query: SlotsQuery) {
    return this.#slots.find(who, collaborationId, query);
  }

  @Get('entitlements')
  @Allow('bookings.find-slots')
  @Answers(EntitlementsSchema)
  entitlements(@Who() who: Scope, @Collaboration() collaborationId: string, @Query({ schema: EntitlementsQuerySchema }) query: EntitlementsQuery) {
    return this.#entitlements.list(who, collaborationId, query.agreementId);
  }
}
