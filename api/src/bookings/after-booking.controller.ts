import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DryRunQuerySchema, UndoneSchema } from '@fairshare/contract/bookings';
import { ConversionSchema, NewConversionSchema, type NewConversion } from '@fairshare/contract/conversions';
import { EntitlementMovedSchema, NewLoanSchema, type NewLoan } from '@fairshare/contract/entitlements';
import { IdSchema, UrnSchema } from '@fairshare/contract/list';
import { DecideObjectionSchema, NewObjectionSchema, ObjectionsSchema, type DecideObjection, type NewObjection } from '@fairshare/contract/objections';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import './bookings.permissions.js';
import { Conversions } from './conversions.service.js';
import { EntitlementMoves } from './entitlement-moves.service.js';
import { ObjectionsService } from './objections.service.js';
import { UndoService } from './undo.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });
const BookingId = () => Param('bookingId', { schema: IdSchema });
const DryRun = () => Query({ schema: DryRunQuerySchema });

/** What happens to units besides booking, to sessions after they were delivered, and to slips of the hand. */
@ApiTags('bookings')
@Controller('collaborations/:collaborationId')
export class AfterBookingController {
  readonly #conversions: Conversions;
  readonly #moves: EntitlementMoves;
  readonly #objections: ObjectionsService;
  readonly #undo: UndoService;

  constructor(conversions: Conversions, moves: EntitlementMoves, objections: ObjectionsService, undo: UndoService) {
    this.#conversions = conversions;
    this.#moves = moves;
    this.#objections = objections;
    this.#undo = undo;
  }

  @Post('bookings/:bookingId/undo')
  @HttpCode(200)
  @Allow('bookings.undo')
  @Answers(UndoneSchema)
  undo(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string) {
    return this.#undo.undo(who, collaborationId, bookingId);
  }

  @Post('entitlements/loans')
  @Allow('bookings.lend-units')
  @Answers(EntitlementMovedSchema, 201)
  lend(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: NewLoanSchema }) body: NewLoan) {
    return this.#moves.lend(who, collaborationId, body);
  }

  @Post('entitlements/ended-periods')
  @HttpCode(200)
  @Allow('bookings.end-periods')
  @Answers(EntitlementMovedSchema)
  endPeriods(@Who() who: Scope, @Collaboration() collaborationId: string, @DryRun() query: { dryRun: boolean }) {
    return this.#moves.endPeriods(who, collaborationId, query.dryRun);
  }

  @Post('conversions')
  @HttpCode(200)
  @Allow('bookings.convert-schools')
  @Answers(ConversionSchema)
  convert(@Who() who: Scope, @Collaboration() collaborationId: string, @DryRun() query: { dryRun: boolean }, @Body({ schema: NewConversionSchema }) body: NewConversion) {
    return this.#conversions.convert(who, collaborationId, body, query.dryRun);
  }

  @Get('bookings/:bookingId/objections')
  @Allow('bookings.see')
  @Answers(ObjectionsSchema)
  objections(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string) {
    return this.#objections.list(who, collaborationId, bookingId);
  }

  @Post('bookings/:bookingId/object')
  @HttpCode(200)
  @Allow('bookings.object')
  @Answers(ObjectionsSchema)
  object(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string, @Body({ schema: NewObjectionSchema }) body: NewObjection) {
    return this.#objections.object(who, collaborationId, bookingId, body);
  }

  @Post('bookings/:bookingId/objections/:urn/decide')
  @HttpCode(200)
  @Allow('bookings.decide-objections')
  @Answers(ObjectionsSchema)
  decide(
    @Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string,
    @Param('urn', { schema: UrnSchema }) urn: string, @Body({ schema: DecideObjectionSchema }) body: DecideObjection,
  ) {
    return this.#objections.decide(who, collaborationId, bookingId, urn, body);
  }
}
