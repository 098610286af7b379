import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  BoardQuerySchema, BoardSchema, EntitlementAccountsSchema, EntitlementLinesQuerySchema, EntitlementLinesSchema, type BoardQuery, type EntitlementLinesQuery,
} from '@fairshare/contract/board';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { BoardService } from './board.service.js';
import './bookings.permissions.js';
import { EntitlementAccounts } from './entitlement-accounts.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });

/** Looking over many specialists, and over everything that was bought in advance, at once. */
@ApiTags('bookings')
@Controller('collaborations/:collaborationId')
export class BoardController {
  readonly #accounts: EntitlementAccounts;
  readonly #board: BoardService;

  constructor(accounts: EntitlementAccounts, board: BoardService) {
    this.#accounts = accounts;
    this.#board = board;
  }

  @Get('board')
  @Allow('bookings.see')
  @Answers(BoardSchema)
  board(@Who() who: Scope, @Collaboration() collaborationId: string, @Query({ schema: BoardQuerySchema }) query: BoardQuery) {
    return this.#board.read(who, collaborationId, query);
  }

  @Get('entitlements/accounts')
  @Allow('bookings.find-slots')
  @Answers(EntitlementAccountsSchema)
  accounts(@Who() who: Scope, @Collaboration() collaborationId: string) {
    return this.#accounts.list(who, collaborationId);
  }

  @Get('entitlements/lines')
  @Allow('bookings.find-slots')
  @Answers(EntitlementLinesSchema)
  lines(@Who() who: Scope, @Collaboration() collaborationId: string, @Query({ schema: EntitlementLinesQuerySchema }) query: EntitlementLinesQuery) {
    return this.#accounts.lines(who, collaborationId, query);
  }
}
