import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { InvoiceSchema, InvoicesQuerySchema, InvoicesSchema, type InvoicesQuery } from '@fairshare/contract/billing';
import { IdSchema } from '@fairshare/contract/list';
import type { FastifyReply } from 'fastify';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { exportLimit, Limited } from '../platform/limited.js';
import './billing.permissions.js';
import { InvoiceDocuments } from './invoice-documents.service.js';
import { InvoiceQueries } from './invoices.queries.js';

@ApiTags('billing')
@Controller('collaborations/:collaborationId/invoices')
export class InvoicesController {
  readonly #invoices: InvoiceQueries;
  readonly #documents: InvoiceDocuments;

  constructor(invoices: InvoiceQueries, documents: InvoiceDocuments) {
    this.#invoices = invoices;
    this.#documents = documents;
  }

  @Get()
  @Allow('billing.see-invoices')
  @Answers(InvoicesSchema)
  list(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: InvoicesQuerySchema }) query: InvoicesQuery) {
    return this.#invoices.list(who, collaborationId, query);
  }

  @Get(':invoiceId.pdf')
  @Limited(exportLimit)
  @Allow('billing.see-invoices')
  @ApiProduces('application/pdf')
  pdf(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('invoiceId', { schema: IdSchema }) invoiceId: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.#documents.pdf(who, { collaborationId, invoiceId }, reply);
  }

  @Get(':invoiceId.csv')
  @Limited(exportLimit)
  @Allow('billing.see-invoices')
  @ApiProduces('text/csv')
  csv(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('invoiceId', { schema: IdSchema }) invoiceId: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.#documents.csv(who, { collaborationId, invoiceId }, reply);
  }

  @Get(':invoiceId.ubl.xml')
  @Limited(exportLimit)
  @Allow('billing.see-invoices')
  @ApiProduces('application/xml')
  ubl(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('invoiceId', { schema: IdSchema }) invoiceId: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.#documents.ubl(who, { collaborationId, invoiceId }, reply);
  }

  @Get(':invoiceId/credit-notes/:creditNoteId.pdf')
  @Limited(exportLimit)
  @Allow('billing.see-invoices')
  @ApiProduces('application/pdf')
  creditNotePdf(
    @Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('invoiceId', { schema: IdSchema }) invoiceId: string,
    @Param('creditNoteId', { schema: IdSchema }) creditNoteId: string, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#documents.pdf(who, { collaborationId, invoiceId, creditNoteId }, reply);
  }

  @Get(':invoiceId/credit-notes/:creditNoteId.csv')
  @Limited(exportLimit)
  @Allow('billing.see-invoices')
  @ApiProduces('text/csv')
  creditNoteCsv(
    @Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('invoiceId', { schema: IdSchema }) invoiceId: string,
    @Param('creditNoteId', { schema: IdSchema }) creditNoteId: string, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#documents.csv(who, { collaborationId, invoiceId, creditNoteId }, reply);
  }

  @Get(':invoiceId/credit-notes/:creditNoteId.ubl.xml')
  @Limited(exportLimit)
  @Allow('billing.see-invoices')
  @ApiProduces('application/xml')
  creditNoteUbl(
    @Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('invoiceId', { schema: IdSchema }) invoiceId: string,
    @Param('creditNoteId', { schema: IdSchema }) creditNoteId: string, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#documents.ubl(who, { collaborationId, invoiceId, creditNoteId }, reply);
  }

  @Get(':invoiceId')
  @Allow('billing.see-invoices')
  @Answers(InvoiceSchema)
  read(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('invoiceId', { schema: IdSchema }) invoiceId: string) {
    return this.#invoices.read(who, collaborationId, invoiceId);
  }
}
