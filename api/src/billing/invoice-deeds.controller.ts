import { Body, Controller, Delete, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreditNoteSchema, CreditSchema, IssuedSchema, PaymentSchema, RecordPaymentSchema, UsedCreditSchema, type Credit, type RecordPayment } from '@fairshare/contract/billing';
import { IdSchema } from '@fairshare/contract/list';
import type { FastifyReply } from 'fastify';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers, AnswersOrAsks, doneOrAskedAs } from '../platform/answers.js';
import './billing.permissions.js';
import { Drafts } from './drafts.service.js';
import { Issuing } from './issuing.service.js';
import { LargeSums } from './large-sums.js';
import { Payments } from './payments.service.js';

@ApiTags('billing')
@Controller('collaborations/:collaborationId/invoices/:invoiceId')
export class InvoiceDeedsController {
  readonly #issuing: Issuing;
  readonly #drafts: Drafts;
  readonly #large: LargeSums;
  readonly #payments: Payments;

  constructor(issuing: Issuing, drafts: Drafts, large: LargeSums, payments: Payments) {
    this.#issuing = issuing;
    this.#drafts = drafts;
    this.#large = large;
    this.#payments = payments;
  }

  @Post('issue')
  @HttpCode(200)
  @Allow('billing.invoice')
  @Answers(IssuedSchema)
  issue(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('invoiceId', { schema: IdSchema }) invoiceId: string) {
    return this.#issuing.issueOne(who, collaborationId, invoiceId);
  }

  @Delete()
  @HttpCode(204)
  @Allow('billing.invoice')
  discard(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('invoiceId', { schema: IdSchema }) invoiceId: string) {
    return this.#drafts.discard(who, collaborationId, invoiceId);
  }

  @Post('credit-notes')
  @Allow('billing.invoice')
  @AnswersOrAsks(CreditNoteSchema, 201)
  async credit(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('invoiceId', { schema: IdSchema }) invoiceId: string, @Body({ schema: CreditSchema }) body: Credit, @Res({ passthrough: true }) reply: FastifyReply) {
    return doneOrAskedAs(reply, await this.#large.credit(who, collaborationId, invoiceId, body));
  }

  @Post('payments')
  @Allow('billing.reconcile')
  @Answers(PaymentSchema, 201)
  pay(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('invoiceId', { schema: IdSchema }) invoiceId: string, @Body({ schema: RecordPaymentSchema }) body: RecordPayment) {
    return this.#payments.record(who, collaborationId, invoiceId, body);
  }

  @Delete('payments/:paymentId')
  @HttpCode(204)
  @Allow('billing.reconcile')
  takeBack(
    @Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('invoiceId', { schema: IdSchema }) invoiceId: string, @Param('paymentId', { schema: IdSchema }) paymentId: string,
  ) {
    return this.#payments.takeBack(who, collaborationId, invoiceId, paymentId);
  }

  @Post('use-credit')
  @HttpCode(200)
  @Allow('billing.reconcile')
  @Answers(UsedCreditSchema)
  useCredit(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('invoiceId', { schema: IdSchema }) invoiceId: string) {
    return this.#payments.useCredit(who, collaborationId, invoiceId);
  }
}
