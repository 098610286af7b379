import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { InvoiceEntity } from './invoice.entity.js';

/** Takes back part of an invoice. */
@Entity('credit_note')
@Unique('credit_note_of_collaboration', ['collaborationId', 'id'])
@Unique('credit_note_numbered_once', ['issuerUrn', 'seriesNumber'])
@ForeignKey(() => InvoiceEntity, ['collaborationId', 'invoiceId'], ['collaborationId', 'id'], { name: 'credit_note_invoice_fk' })
@Check('credit_note_says_why', `btrim(reason) <> ''`)
@Index('credit_note_by_invoice', ['collaborationId', 'invoiceId'])
export class CreditNoteEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'credit_note_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  invoiceId: string;

  @Column('text')
  issuerUrn: string;

  @Column('bigint')
  seriesNumber: number;

  @Column('date')
  issuedOn: DateOnly;

  @Column('text')
  reason: string;

  @Column('text')
  issuedBy: string;
}
