import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Personal } from '../platform/personal.js';
import { documentOf, type BillingDocument } from './billing-document.js';
import { documentCsv } from './invoice-csv.js';
import { documentUbl } from './invoice-ubl.js';
import { InvoiceQueries } from './invoices.queries.js';

/** Which document is asked for: an invoice, or with its id a credit note of it. */
export interface WantedDocument {
  readonly collaborationId: string;
  readonly invoiceId: string;
  readonly creditNoteId?: string;
}

/** An invoice or a credit note as a file to keep, print or hand to another program. */
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
  async #readable(who: Scope, { collaborationId, invoiceId, creditNoteId }: WantedDocument): Promise<BillingDocument> {
    return this.#personal.reveal(
      creditNoteId ? await this.#invoices.creditNote(who, collaborationId, invoiceId, creditNoteId) : documentOf(await this.#invoices.read(who, collaborationId, invoiceId)),
    );
  }

  async pdf(who: Scope, wanted: WantedDocument, reply: FastifyReply): Promise<Buffer> {
    const document = await this.#readable(who, wanted);
    // What draws PDFs is large: the program starts without it.
    const { documentPdf } = await import('./invoice-pdf.js');
    const content = await documentPdf(document, this.#clock.now());
    send(reply, 'application/pdf', `${nameOf(document)}.pdf`, 'inline');
    return content;
  }

  async csv(who: Scope, wanted: WantedDocument, reply: FastifyReply): Promise<string> {
    const document = await this.#readable(who, wanted);
    send(reply, 'text/csv; charset=utf-8', `${nameOf(document)}.csv`, 'attachment');
    return documentCsv(document);
  }

  async ubl(who: Scope, wanted: WantedDocument, reply: FastifyReply): Promise<string> {
    const document = await this.#readable(who, wanted);
    send(reply, 'application/xml; charset=utf-8', `${nameOf(document)}.ubl.xml`, 'attachment');
    return documentUbl(document);
  }
}

const nameOf = ({ number, kind }: BillingDocument) => number ?? `draft-${kind}`;

function send(reply: FastifyReply, type: string, name: string, disposition: 'inline' | 'attachment'): void {
  void reply.header('Content-Type', type).header('Content-Disposition', `${disposition}; filename="${name}"`);
}
