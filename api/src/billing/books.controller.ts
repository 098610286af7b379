import { Body, Controller, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AgedDebtsSchema, CoverSchema, IssuerSchema, IssuerSettingsSchema, NewSupplierBillSchema, PeriodQuerySchema, ReconciliationSchema, StatementSchema, SupplierBillSchema, SupplierBillsSchema,
  type Cover, type Issuer, type NewSupplierBill, type PeriodQuery,
} from '@fairshare/contract/billing';
import { IdSchema, PageQuerySchema, UrnSchema, type PageQuery } from '@fairshare/contract/list';
import type { FastifyReply } from 'fastify';
import { Who, type Scope } from '../platform/actor.js';
import { Allow, Fresh } from '../platform/allow.js';
import { Answers, AnswersOrAsks, doneOrAskedAs } from '../platform/answers.js';
import './billing.permissions.js';
import { Issuers } from './issuers.service.js';
import { LargeSums } from './large-sums.js';
import { ReconciliationQueries } from './reconciliation.queries.js';
import { SchoolAccounts } from './school-accounts.queries.js';
import { SupplierBills } from './supplier-bills.service.js';

@ApiTags('billing')
@Controller('collaborations/:collaborationId')
export class BooksController {
  readonly #issuers: Issuers;
  readonly #bills: SupplierBills;
  readonly #large: LargeSums;
  readonly #reconciliation: ReconciliationQueries;
  readonly #accounts: SchoolAccounts;

  constructor(issuers: Issuers, bills: SupplierBills, large: LargeSums, reconciliation: ReconciliationQueries, accounts: SchoolAccounts) {
    this.#issuers = issuers;
    this.#bills = bills;
    this.#large = large;
    this.#reconciliation = reconciliation;
    this.#accounts = accounts;
  }

  @Get('invoice-issuer')
  @Allow('billing.see-invoices')
  @Answers(IssuerSettingsSchema)
  issuer(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string) {
    return this.#issuers.read(who, collaborationId);
  }

  @Put('invoice-issuer')
  @Allow('billing.invoice')
  @Fresh()
  @AnswersOrAsks(IssuerSettingsSchema)
  async saveIssuer(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: IssuerSchema }) body: Issuer, @Res({ passthrough: true }) reply: FastifyReply) {
    return doneOrAskedAs(reply, await this.#large.saveIssuer(who, collaborationId, body));
  }

  @Get('supplier-bills')
  @Allow('billing.see-supplier-bills')
  @Answers(SupplierBillsSchema)
  bills(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: PageQuerySchema }) query: PageQuery) {
    return this.#bills.list(who, collaborationId, query);
  }

  @Post('supplier-bills')
  @Allow('billing.reconcile')
  @AnswersOrAsks(SupplierBillSchema, 201)
  async addBill(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: NewSupplierBillSchema }) body: NewSupplierBill, @Res({ passthrough: true }) reply: FastifyReply) {
    return doneOrAskedAs(reply, await this.#large.addBill(who, collaborationId, body));
  }

  @Post('supplier-bills/:billId/lines/:lineId/covers')
  @Allow('billing.reconcile')
  @Answers(SupplierBillSchema, 201)
  cover(
    @Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('billId', { schema: IdSchema }) billId: string,
    @Param('lineId', { schema: IdSchema }) lineId: string, @Body({ schema: CoverSchema }) body: Cover,
  ) {
    return this.#bills.cover(who, collaborationId, billId, lineId, body);
  }

  @Get('reconciliation')
  @Allow('billing.see-books')
  @Answers(ReconciliationSchema)
  reconcile(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: PeriodQuerySchema }) query: PeriodQuery) {
    return this.#reconciliation.read(who, collaborationId, query);
  }

  @Get('aged-debt')
  @Allow('billing.see-books')
  @Answers(AgedDebtsSchema)
  agedDebt(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string) {
    return this.#accounts.agedDebt(who, collaborationId);
  }

  @Get('statements/:urn')
  @Allow('billing.see-invoices')
  @Answers(StatementSchema)
  statement(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('urn', { schema: UrnSchema }) urn: string, @Query({ schema: PeriodQuerySchema }) query: PeriodQuery) {
    return this.#accounts.statement(who, collaborationId, urn, query);
  }
}
