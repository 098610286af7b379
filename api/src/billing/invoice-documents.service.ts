import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Personal } from '../platform/personal.js';
import { invoiceCsv } from './invoice-csv.js';
import { invoiceUbl } from './invoice-ubl.js';
import { InvoiceQueries } from './invoices.queries.js';

/** An invoice as a file to keep, print or hand to another program. */
@Injectable()
export class InvoiceDocuments {
  readonly #invoices: InvoiceQueries;
  readonly #clock: Clock;
  readonly #personal: Personal;

  constructor(invoices: InvoiceQueries, clock: Clock, personal: Personal) {
    this.#invoices = invoices;
    this.#clock = clock;
    this.#personal = personal;
  }

  /** What people typed stands in the file as they typed it. */
  async #readable(who: Scope, collaborationId: string, invoiceId: string) {
    return this.#personal.reveal(await this.#invoices.read(who, collaborationId, invoiceId));
  }

  async pdf(who: Scope, collaborationId: string, invoiceId: string, reply: FastifyReply): Promise<Buffer> {
    const invoice = await this.#readable(who, collaborationId, invoiceId);
    // What draws PDFs is large: the program starts without it.
    const { invoicePdf } = await import('./invoice-pdf.js');
    const content = await invoicePdf(invoice, this.#clock.now());
    send(reply, 'application/pdf', `${nameOf(invoice.number)}.pdf`, 'inline');
    return content;
  }

  async creditNotePdf(who: Scope, collaborationId: string, invoiceId: string, creditNoteId: string, reply: FastifyReply): Promise<Buffer> {
    const drawn = await this.#personal.reveal(await this.#invoices.creditNote(who, collaborationId, invoiceId, creditNoteId));
    const { creditNotePdf } = await import('./credit-note-pdf.js');
    const content = await creditNotePdf(drawn, this.#clock.now());
    send(reply, 'application/pdf', `${drawn.note.number}.pdf`, 'inline');
    return content;
  }

  async csv(who: Scope, collaborationId: string, invoiceId: string, reply: FastifyReply): Promise<string> {
    const invoice = await this.#readable(who, collaborationId, invoiceId);
    send(reply, 'text/csv; charset=utf-8', `${nameOf(invoice.number)}.csv`, 'attachment');
    return invoiceCsv(invoice);
  }

  async ubl(who: Scope, collaborationId: string, invoiceId: string, reply: FastifyReply): Promise<string> {
    const invoice = await this.#readable(who, collaborationId, invoiceId);
    send(reply, 'application/xml; charset=utf-8', `${nameOf(invoice.number)}.ubl.xml`, 'attachment');
    return invoiceUbl(invoice);
  }
}

const nameOf = (number: string | null) => number ?? 'draft-invoice';

function send(reply: FastifyReply, type: string, name: string, disposition: 'inline' | 'attachment'): void {
  void reply.header('Content-Type', type).header('Content-Disposition', `${disposition}; filename="${name}"`);
}
