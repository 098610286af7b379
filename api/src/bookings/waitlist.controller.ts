import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BookedSchema, BookingSchema, NewHoldSchema, type NewHold } from '@fairshare/contract/bookings';
import { IdSchema } from '@fairshare/contract/list';
import { NewWaitlistEntrySchema, WaitlistEntrySchema, WaitlistSchema, type NewWaitlistEntry } from '@fairshare/contract/waitlist';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';
import { bookingLimit } from './bookings.limits.js';
import './bookings.permissions.js';
import { BookingsService } from './bookings.service.js';
import { Holds } from './holds.service.js';
import { WaitlistService } from './waitlist.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });

/** Time that is kept for a while: holds, and what is offered to who waits. */
@ApiTags('bookings')
@Controller('collaborations/:collaborationId')
export class WaitlistController {
  readonly #bookings: BookingsService;
  readonly #holds: Holds;
  readonly #waitlist: WaitlistService;

  constructor(bookings: BookingsService, holds: Holds, waitlist: WaitlistService) {
    this.#bookings = bookings;
    this.#holds = holds;
    this.#waitlist = waitlist;
  }

  @Post('holds')
  @Limited(bookingLimit)
  @Allow('bookings.book')
  @Answers(BookedSchema, 201)
  hold(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: NewHoldSchema }) body: NewHold) {
    return this.#bookings.hold(who, collaborationId, body);
  }

  @Post('holds/:bookingId/confirm')
  @Limited(bookingLimit)
  @HttpCode(200)
  @Allow('bookings.book')
  @Answers(BookingSchema)
  confirm(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('bookingId', { schema: IdSchema }) bookingId: string) {
    return this.#holds.confirm(who, collaborationId, bookingId);
  }

  @Post('holds/:bookingId/release')
  @HttpCode(200)
  @Allow('bookings.book')
  @Answers(BookingSchema)
  release(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('bookingId', { schema: IdSchema }) bookingId: string) {
    return this.#holds.release(who, collaborationId, bookingId);
  }

  @Get('waitlist')
  @Allow('bookings.book')
  @Answers(WaitlistSchema)
  list(@Who() who: Scope, @Collaboration() collaborationId: string) {
    return this.#waitlist.list(who, collaborationId);
  }

  @Post('waitlist')
  @Limited(bookingLimit)
  @Allow('bookings.book')
  @Answers(WaitlistEntrySchema, 201)
  join(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: NewWaitlistEntrySchema }) body: NewWaitlistEntry) {
    return this.#waitlist.join(who, collaborationId, body);
  }

  @Delete('waitlist/:entryId')
  @HttpCode(204)
  @Allow('bookings.book')
  leave(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('entryId', { schema: IdSchema }) entryId: string) {
    return this.#waitlist.leave(who, collaborationId, entryId);
  }

  @Post('waitlist-offers/:offerId/accept')
  @Limited(bookingLimit)
  @HttpCode(200)
  @Allow('bookings.book')
  @Answers(BookingSchema)
  accept(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('offerId', { schema: IdSchema }) offerId: string) {
    return this.#waitlist.accept(who, collaborationId, offerId);
  }

  @Post('waitlist-offers/:offerId/decline')
  @HttpCode(200)
  @Allow('bookings.book')
  @Answers(BookingSchema)
  decline(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('offerId', { schema: IdSchema }) offerId: string) {
    return this.#waitlist.decline(who, collaborationId, offerId);
  }
}
