import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InvoiceRunSchema, InvoiceRunsSchema, IssuedSchema, StartedSchema, StartInvoiceRunSchema, type StartInvoiceRun } from '@fairshare/contract/billing';
import { IdSchema, PageQuerySchema, type PageQuery } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import './billing.permissions.js';
import { InvoiceRunQueries } from './invoice-runs.queries.js';
import { InvoiceRuns } from './invoice-runs.service.js';
import { Issuing } from './issuing.service.js';

@ApiTags('billing')
@Controller('collaborations/:collaborationId/invoice-runs')
export class InvoiceRunsController {
  readonly #runs: InvoiceRuns;
  readonly #queries: InvoiceRunQueries;
  readonly #issuing: Issuing;

  constructor(runs: InvoiceRuns, queries: InvoiceRunQueries, issuing: Issuing) {
    this.#runs = runs;
    this.#queries = queries;
    this.#issuing = issuing;
  }

  @Get()
  @Allow('billing.see-books')
  @Answers(InvoiceRunsSchema)
  list(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: PageQuerySchema }) query: PageQuery) {
    return this.#queries.list(who, collaborationId, query.page, query.size);
  }

  @Post()
  @HttpCode(202)
  @Allow('billing.invoice')
  @Answers(StartedSchema, 202, 'The run is started; look how far it is.')
  start(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: StartInvoiceRunSchema }) body: StartInvoiceRun) {
    return this.#runs.start(who, collaborationId, body);
  }

  @Get(':runId')
  @Allow('billing.see-books')
  @Answers(InvoiceRunSchema)
  read(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('runId', { schema: IdSchema }) runId: string) {
    return this.#queries.read(who, collaborationId, runId);
  }

  @Post(':runId/issue')
  @HttpCode(200)
  @Allow('billing.invoice')
  @Answers(IssuedSchema)
  issue(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('runId', { schema: IdSchema }) runId: string) {
    return this.#issuing.issueRun(who, collaborationId, runId);
  }
}
