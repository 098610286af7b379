import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdSchema } from '@fairshare/contract/list';
import { OutboxMailSchema, OutboxQuerySchema, OutboxSchema, type OutboxQuery } from '@fairshare/contract/outbox';
import { Who, type Scope } from '../platform/actor.js';
import { Allow, declarePermissions, Fresh } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { OutboxService } from './outbox.service.js';

export const outboxPermissions = declarePermissions({ 'audit.keep-outbox': ['administrator'] });

@ApiTags('outbox')
@Controller('outbox')
export class OutboxController {
  readonly #outbox: OutboxService;

  constructor(outbox: OutboxService) {
    this.#outbox = outbox;
  }

  @Get()
  @Allow('audit.keep-outbox')
  @Answers(OutboxSchema)
  list(@Query({ schema: OutboxQuerySchema }) query: OutboxQuery) {
    return this.#outbox.list(query);
  }

  @Get(':mailId')
  @Allow('audit.keep-outbox')
  @Fresh()
  @Answers(OutboxMailSchema)
  one(@Param('mailId', { schema: IdSchema }) mailId: string) {
    return this.#outbox.one(mailId);
  }

  @Post(':mailId/send-again')
  @HttpCode(200)
  @Allow('audit.keep-outbox')
  @Fresh()
  @Answers(OutboxMailSchema)
  sendAgain(@Who() who: Scope, @Param('mailId', { schema: IdSchema }) mailId: string) {
    return this.#outbox.sendAgain(who, mailId);
  }
}
