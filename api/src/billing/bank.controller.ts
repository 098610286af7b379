import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import {
  AcceptedMatchesSchema, AcceptMatchesSchema, BankLinesQuerySchema, BankLinesSchema, ImportedStatementSchema, MatchedSchema, MatchRequestSchema,
  type AcceptMatches, type BankLinesQuery, type MatchRequest,
} from '@fairshare/contract/billing';
import { IdSchema } from '@fairshare/contract/list';
import type { FastifyRequest } from 'fastify';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { importLimit, Limited } from '../platform/limited.js';
import { uploadedFile } from '../platform/uploads.js';
import { BankLineQueries } from './bank-lines.queries.js';
import { BankStatements } from './bank-statements.service.js';
import './billing.permissions.js';
import { Matches } from './matches.service.js';

const largestStatement = 8 * 1024 * 1024;

@ApiTags('billing')
@Controller('collaborations/:collaborationId')
export class BankController {
  readonly #statements: BankStatements;
  readonly #lines: BankLineQueries;
  readonly #matches: Matches;

  constructor(statements: BankStatements, lines: BankLineQueries, matches: Matches) {
    this.#statements = statements;
    this.#lines = lines;
    this.#matches = matches;
  }

  @Post('bank-statements')
  @Allow('billing.reconcile')
  @Limited(importLimit)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } } })
  @Answers(ImportedStatementSchema, 201)
  async import(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Req() request: FastifyRequest) {
    return this.#statements.import(who, collaborationId, await uploadedFile(request, largestStatement, ['csv', 'txt']));
  }

  @Get('bank-lines')
  @Allow('billing.see-books')
  @Answers(BankLinesSchema)
  lines(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: BankLinesQuerySchema }) query: BankLinesQuery) {
    return this.#lines.list(who, collaborationId, query);
  }

  @Post('matches')
  @Allow('billing.reconcile')
  @Answers(MatchedSchema, 201)
  match(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: MatchRequestSchema }) body: MatchRequest) {
    return this.#matches.match(who, collaborationId, body);
  }

  @Post('matches/accept')
  @HttpCode(200)
  @Allow('billing.reconcile')
  @Answers(AcceptedMatchesSchema)
  accept(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: AcceptMatchesSchema }) body: AcceptMatches) {
    return this.#matches.accept(who, collaborationId, body);
  }

  @Delete('matches/:matchId')
  @HttpCode(204)
  @Allow('billing.reconcile')
  undo(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('matchId', { schema: IdSchema }) matchId: string) {
    return this.#matches.undo(who, collaborationId, matchId);
  }
}
