import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  BookedSchema, BookingDetailSchema, BookingListSchema, BookingSchema, BookingsQuerySchema, CancelBookingSchema, CancelledSchema, CancelQuerySchema,
  DeclineBookingSchema, DeliverBookingSchema, DryRunQuerySchema, MoveBookingSchema, MovedSchema, NewBookingSchema, SeriesPreviewBodySchema, SeriesPreviewSchema,
  type BookingsQuery, type CancelBooking, type DeclineBooking, type DeliverBooking, type MoveBooking, type NewBooking, type SeriesPreviewBody,
} from '@fairshare/contract/bookings';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';
import { BookingChanges } from './booking-changes.service.js';
import { bookingLimit } from './bookings.limits.js';
import './bookings.permissions.js';
import { BookingsService } from './bookings.service.js';
import { CalendarService } from './calendar.service.js';
import { Cancellations } from './cancellations.service.js';
import { SeriesMoves } from './series-moves.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });
const BookingId = () => Param('bookingId', { schema: IdSchema });

@ApiTags('bookings')
@Controller('collaborations/:collaborationId/bookings')
export class BookingsController {
  readonly #bookings: BookingsService;
  readonly #calendar: CalendarService;
  readonly #cancellations: Cancellations;
  readonly #changes: BookingChanges;
  readonly #series: SeriesMoves;

  constructor(bookings: BookingsService, calendar: CalendarService, cancellations: Cancellations, changes: BookingChanges, series: SeriesMoves) {
    this.#bookings = bookings;
    this.#calendar = calendar;
    this.#cancellations = cancellations;
    this.#changes = changes;
    this.#series = series;
  }

  @Get()
  @Allow('bookings.see')
  @Answers(BookingListSchema)
  list(@Who() who: Scope, @Collaboration() collaborationId: string, @Query({ schema: BookingsQuerySchema }) query: BookingsQuery) {
    return this.#calendar.list(who, collaborationId, query);
  }

  @Post()
  @Limited(bookingLimit)
  @Allow('bookings.book')
  @Answers(BookedSchema, 201)
  book(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: NewBookingSchema }) body: NewBooking) {
    return this.#bookings.book(who, collaborationId, body);
  }

  @Post('series-preview')
  @Limited(bookingLimit)
  @HttpCode(200)
  @Allow('bookings.book')
  @Answers(SeriesPreviewSchema)
  preview(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: SeriesPreviewBodySchema }) body: SeriesPreviewBody) {
    return this.#bookings.preview(who, collaborationId, body);
  }

  @Get(':bookingId')
  @Allow('bookings.see')
  @Answers(BookingDetailSchema)
  one(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string) {
    return this.#calendar.one(who, collaborationId, bookingId);
  }

  @Post(':bookingId/approve')
  @HttpCode(200)
  @Allow('bookings.approve')
  @Answers(BookingSchema)
  approve(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string) {
    return this.#changes.approve(who, collaborationId, bookingId);
  }

  @Post(':bookingId/decline')
  @HttpCode(200)
  @Allow('bookings.decline')
  @Answers(BookingSchema)
  decline(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string, @Body({ schema: DeclineBookingSchema }) body: DeclineBooking) {
    return this.#changes.decline(who, collaborationId, bookingId, body.reason);
  }

  @Post(':bookingId/move')
  @Limited(bookingLimit)
  @HttpCode(200)
  @Allow('bookings.move')
  @Answers(MovedSchema)
  move(
    @Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string,
    @Query({ schema: DryRunQuerySchema }) query: { dryRun: boolean }, @Body({ schema: MoveBookingSchema }) body: MoveBooking,
  ) {
    if (query.dryRun) return this.#series.preview(who, collaborationId, bookingId, body);
    return body.which === 'following' ? this.#series.move(who, collaborationId, bookingId, body) : this.#changes.move(who, collaborationId, bookingId, body);
  }

  @Post(':bookingId/cancel')
  @HttpCode(200)
  @Allow('bookings.cancel')
  @Answers(CancelledSchema)
  cancel(
    @Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string,
    @Query({ schema: CancelQuerySchema }) query: { dryRun: boolean }, @Body({ schema: CancelBookingSchema }) body: CancelBooking,
  ) {
    return query.dryRun ? this.#cancellations.dryRun(who, collaborationId, bookingId, body) : this.#cancellations.cancel(who, collaborationId, bookingId, body);
  }

  @Post(':bookingId/deliver')
  @HttpCode(200)
  @Allow('bookings.deliver')
  @Answers(BookingSchema)
  deliver(@Who() who: Scope, @Collaboration() collaborationId: string, @BookingId() bookingId: string, @Body({ schema: DeliverBookingSchema }) body: DeliverBooking) {
    return this.#changes.deliver(who, collaborationId, bookingId, body);
  }
}
