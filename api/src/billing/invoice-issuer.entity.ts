import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CollaborationEntity } from '../schools/collaboration.entity.js';

/** Where to pay what the collaboration’s lead school invoices, its VAT number, and in how many days. */
@Entity('invoice_issuer')
@ForeignKey(() => CollaborationEntity, ['collaborationId'], ['id'], { name: 'invoice_issuer_collaboration_fk' })
@Check('invoice_issuer_sort_code', `sort_code ~ '^[0-9]{6}$'`)
@Check('invoice_issuer_account_number', `account_number ~ '^[0-9]{8}$'`)
@Check('invoice_issuer_payment_days', `payment_days between 0 and 180`)
export class InvoiceIssuerEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'invoice_issuer_pk' })
  collaborationId: string;

  @Column('text')
  accountName: string;

  @Column('text')
  sortCode: string;

  @Column('text')
  accountNumber: string;

  @Column('text', { nullable: true })
  vatNumber: string | null;

  @Column('integer')
  paymentDays: number;
}
