import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdSchema } from '@fairshare/contract/list';
import { BookingSchema, LeaveBookingSchema, type LeaveBooking } from '@fairshare/contract/bookings';
import { SeatsSchema, TakeSeatsSchema, type TakeSeats } from '@fairshare/contract/seats';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';
import { bookingLimit } from './bookings.limits.js';
import './bookings.permissions.js';
import { Leaving } from './leaving.service.js';
import { SeatsService } from './seats.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });
const BookingId = () => Param('bookingId', { schema: IdSchema });

/** Schools that join training sessions until they are full, and that leave joint ones. */
@ApiTags('bookings')
@Controller('collaborations/:collaborationId')
export class SeatsController {
  readonly #leaving: Leaving;
  readonly #seats: SeatsService;

  constructor(leaving: Leaving, seats: SeatsService) {
    this.#leaving = leaving;
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

  @Post('bookings/:bookingId/leave')
  @HttpCode(200)
  @Allow('bookings.leave')
  @Answers(BookingSchema)
  leave(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string, @Body({ schema: LeaveBookingSchema }) body: LeaveBooking) {
    return this.#leaving.leave(who, collaborationId, bookingId, body);
  }
}
