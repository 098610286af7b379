import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { CreditNoteEntity } from './credit-note.entity.js';
import { InvoiceLineEntity } from './invoice-line.entity.js';

/** What a credit note takes back of one line. */
@Entity('credit_note_line')
@Unique('credit_note_line_once', ['collaborationId', 'creditNoteId', 'invoiceLineId'])
@ForeignKey(() => CreditNoteEntity, ['collaborationId', 'creditNoteId'], ['collaborationId', 'id'], { name: 'credit_note_line_note_fk' })
@ForeignKey(() => InvoiceLineEntity, ['collaborationId', 'invoiceLineId'], ['collaborationId', 'id'], { name: 'credit_note_line_line_fk' })
@Index('credit_note_line_by_line', ['collaborationId', 'invoiceLineId'])
export class CreditNoteLineEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'credit_note_line_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  creditNoteId: string;

  @Column('uuid')
  invoiceLineId: string;

  @Column('bigint')
  netPence: number;

  @Column('bigint')
  vatPence: number;
}
