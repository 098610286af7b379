import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdSchema } from '@fairshare/contract/list';
import { SeatsSchema, TakeSeatsSchema, type TakeSeats } from '@fairshare/contract/seats';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';
import { bookingLimit } from './bookings.limits.js';
import './bookings.permissions.js';
import { SeatsService } from './seats.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });
const BookingId = () => Param('bookingId', { schema: IdSchema });

/** Training sessions that schools join until they are full. */
@ApiTags('bookings')
@Controller('collaborations/:collaborationId')
export class SeatsController {
  readonly #seats: SeatsService;

  constructor(seats: SeatsService) {
    this.#seats = seats;
  }

  @Get('bookings/:bookingId/seats')
  @Allow('bookings.see')
  @Answers(SeatsSchema)
  list(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string) {
    return this.#seats.list(who, collaborationId, bookingId);
  }

  @Post('bookings/:bookingId/seats')
  @Limited(bookingLimit)
  @HttpCode(200)
  @Allow('bookings.take-seats')
  @Answers(SeatsSchema)
  take(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string, @Body({ schema: TakeSeatsSchema }) body: TakeSeats) {
    return this.#seats.take(who, collaborationId, bookingId, body);
  }
}
