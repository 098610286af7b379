import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FeedSchema, FeedsSchema, FeedTokenSchema, NewFeedSchema, type NewFeed } from '@fairshare/contract/bookings';
import { IdSchema } from '@fairshare/contract/list';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Who, type Scope } from '../platform/actor.js';
import { Allow, AllowPublic } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';
import './bookings.permissions.js';
import { FeedsService } from './feeds.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });

@ApiTags('bookings')
@Controller()
export class FeedsController {
  readonly #feeds: FeedsService;

  constructor(feeds: FeedsService) {
    this.#feeds = feeds;
  }

  @Get('collaborations/:collaborationId/feeds')
  @Allow('bookings.keep-feeds')
  @Answers(FeedsSchema)
  list(@Who() who: Scope, @Collaboration() collaborationId: string) {
    return this.#feeds.list(who, collaborationId);
  }

  @Post('collaborations/:collaborationId/feeds')
  @Allow('bookings.keep-feeds')
  @Answers(FeedSchema, 201)
  add(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: NewFeedSchema }) body: NewFeed) {
    return this.#feeds.add(who, collaborationId, body);
  }

  @Delete('collaborations/:collaborationId/feeds/:feedId')
  @HttpCode(204)
  @Allow('bookings.keep-feeds')
  revoke(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('feedId', { schema: IdSchema }) feedId: string) {
    return this.#feeds.revoke(who, collaborationId, feedId);
  }

  /** Whoever knows the address reads it: calendar programs cannot sign in. */
  @Get('feeds/:file')
  @AllowPublic()
  @Limited({ name: 'feed', points: 1200, seconds: 60 })
  async read(@Param('file', { schema: FeedTokenSchema }) token: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { text, etag } = await this.#feeds.read(token);
    void reply.header('ETag', etag).header('Cache-Control', 'private, no-cache').header('Referrer-Policy', 'no-referrer');
    if (request.headers['if-none-match'] === etag) {
      void reply.status(304);
      return undefined;
    }
    void reply.type('text/calendar; charset=utf-8');
    return text;
  }
}
