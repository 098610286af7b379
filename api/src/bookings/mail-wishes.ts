import { Body, Controller, Get, Injectable, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MailWishSchema, type MailWishBody } from '@fairshare/contract/booking-mail';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Database } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import './bookings.permissions.js';
import { MailWishEntity } from './mail-wish.entity.js';

/** Which mails about sessions the signed-in person wants. */
@Injectable()
export class MailWishes {
  readonly #database: Database;
  readonly #trail: Trail;

  constructor(database: Database, trail: Trail) {
    this.#database = database;
    this.#trail = trail;
  }

  own(who: Scope, collaborationId: string): Promise<MailWishBody> {
    return this.#database.read(who, async (tx) => {
      const wish = await tx.getRepository(MailWishEntity).findOne({ where: { collaborationId, userId: who.userId ?? '' } });
      return { sessions: wish?.sessions ?? 'mine' };
    });
  }

  choose(who: Scope, collaborationId: string, { sessions }: MailWishBody): Promise<MailWishBody> {
    return this.#database.write(who, async (tx) => {
      const wishes = tx.getRepository(MailWishEntity);
      const userId = who.userId ?? '';
      const before = await wishes.findOneBy({ collaborationId, userId });
      await wishes.upsert({ collaborationId, userId, sessions }, ['collaborationId', 'userId']);
      await this.#trail.record(tx, who, { action: 'bookings.mail-chosen', collaborationId, subjectKind: 'user', subjectId: userId, ...(before && { before: { sessions: before.sessions } }), after: { sessions } });
      return { sessions };
    });
  }
}

@ApiTags('bookings')
@Controller('collaborations/:collaborationId/mail-wish')
export class MailWishesController {
  readonly #wishes: MailWishes;

  constructor(wishes: MailWishes) {
    this.#wishes = wishes;
  }

  @Get()
  @Allow('bookings.choose-mail')
  @Answers(MailWishSchema)
  own(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string) {
    return this.#wishes.own(who, collaborationId);
  }

  @Put()
  @Allow('bookings.choose-mail')
  @Answers(MailWishSchema)
  choose(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: MailWishSchema }) body: MailWishBody) {
    return this.#wishes.choose(who, collaborationId, body);
  }
}
