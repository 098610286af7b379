import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  BalancesQuerySchema, BalancesSchema, ChainSchema, ClosePeriodSchema, LastLedgerCheckSchema, LedgerCheckSchema, LedgerEntriesSchema, LedgerQuerySchema, PeriodCloseSchema, PeriodClosesSchema,
  type BalancesQuery, type ClosePeriod, type LedgerQuery,
} from '@fairshare/contract/ledger';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import './ledger.permissions.js';
import { LedgerChecks } from './ledger-checks.service.js';
import { LedgerQueries } from './ledger.queries.js';
import { Periods } from './periods.service.js';

@ApiTags('ledger')
@Controller('collaborations/:collaborationId/ledger')
export class LedgerController {
  readonly #checks: LedgerChecks;
  readonly #ledger: LedgerQueries;
  readonly #periods: Periods;

  constructor(checks: LedgerChecks, ledger: LedgerQueries, periods: Periods) {
    this.#checks = checks;
    this.#ledger = ledger;
    this.#periods = periods;
  }

  @Get('entries')
  @Allow('ledger.see')
  @Answers(LedgerEntriesSchema)
  entries(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: LedgerQuerySchema }) query: LedgerQuery) {
    return this.#ledger.entries(who, collaborationId, query);
  }

  @Get('balances')
  @Allow('ledger.see')
  @Answers(BalancesSchema)
  balances(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: BalancesQuerySchema }) query: BalancesQuery) {
    return this.#ledger.balances(who, collaborationId, query.through);
  }

  @Get('chain')
  @Allow('ledger.see')
  @Answers(ChainSchema)
  chain(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string) {
    return this.#ledger.chain(who, collaborationId);
  }

  @Get('check')
  @Allow('ledger.see')
  @Answers(LastLedgerCheckSchema)
  lastCheck(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string) {
    return this.#checks.last(who, collaborationId);
  }

  @Post('check')
  @HttpCode(200)
  @Allow('ledger.check')
  @Answers(LedgerCheckSchema)
  check(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string) {
    return this.#checks.check(who, collaborationId);
  }

  @Get('period-closes')
  @Allow('ledger.see')
  @Answers(PeriodClosesSchema)
  closes(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string) {
    return this.#periods.list(who, collaborationId);
  }

  @Post('period-closes')
  @Allow('ledger.close-period')
  @Answers(PeriodCloseSchema, 201)
  close(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: ClosePeriodSchema }) body: ClosePeriod) {
    return this.#periods.close(who, collaborationId, body.throughOn);
  }
}
