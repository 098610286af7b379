import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdSchema } from '@fairshare/contract/list';
import {
  ChangeSharedEventSchema, EventDatesSchema, NewSharedEventSchema, PreviewEventSchema, SharedEventsQuerySchema, SharedEventsSchema, WhichEventsSchema,
  type ChangeSharedEvent, type NewSharedEvent, type PreviewEvent, type SharedEventsQuery,
} from '@fairshare/contract/shared-events';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';
import { eventLimit } from './bookings.limits.js';
import './bookings.permissions.js';
import { SharedEventsService } from './shared-events.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });
const EventId = () => Param('eventId', { schema: IdSchema });

/** One calendar for everything shared: what schools do together beside the sessions they book. */
@ApiTags('bookings')
@Controller('collaborations/:collaborationId/events')
export class SharedEventsController {
  readonly #events: SharedEventsService;

  constructor(events: SharedEventsService) {
    this.#events = events;
  }

  @Get()
  @Allow('bookings.see')
  @Answers(SharedEventsSchema)
  list(@Who() who: Scope, @Collaboration() collaborationId: string, @Query({ schema: SharedEventsQuerySchema }) query: SharedEventsQuery) {
    return this.#events.list(who, collaborationId, query);
  }

  @Post()
  @Limited(eventLimit)
  @Allow('bookings.keep-events')
  @Answers(SharedEventsSchema, 201)
  add(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: NewSharedEventSchema }) body: NewSharedEvent) {
    return this.#events.add(who, collaborationId, body);
  }

  @Post('preview')
  @Limited(eventLimit)
  @HttpCode(200)
  @Allow('bookings.keep-events')
  @Answers(EventDatesSchema)
  preview(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: PreviewEventSchema }) body: PreviewEvent) {
    return this.#events.preview(who, collaborationId, body);
  }

  @Put(':eventId')
  @Limited(eventLimit)
  @Allow('bookings.keep-events')
  @Answers(SharedEventsSchema)
  change(@Who() who: Scope, @Collaboration() collaborationId: string, @EventId() eventId: string, @Body({ schema: ChangeSharedEventSchema }) body: ChangeSharedEvent) {
    return this.#events.change(who, collaborationId, eventId, body);
  }

  @Delete(':eventId')
  @Limited(eventLimit)
  @Allow('bookings.keep-events')
  @Answers(SharedEventsSchema)
  remove(@Who() who: Scope, @Collaboration() collaborationId: string, @EventId() eventId: string, @Query({ schema: WhichEventsSchema }) query: { which: 'one' | 'following' }) {
    return this.#events.remove(who, collaborationId, eventId, query.which);
  }

  @Post(':eventId/restore')
  @Limited(eventLimit)
  @HttpCode(200)
  @Allow('bookings.keep-events')
  @Answers(SharedEventsSchema)
  restore(@Who() who: Scope, @Collaboration() collaborationId: string, @EventId() eventId: string) {
    return this.#events.restore(who, collaborationId, eventId);
  }
}
