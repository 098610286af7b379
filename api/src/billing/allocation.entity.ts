import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { InvoiceEntity } from './invoice.entity.js';
import { PaymentEntity } from './payment.entity.js';

/** The part of a payment that is spent on an invoice; below zero sets it free again. */
@Entity('allocation')
@ForeignKey(() => PaymentEntity, ['collaborationId', 'paymentId'], ['collaborationId', 'id'], { name: 'allocation_payment_fk' })
@ForeignKey(() => InvoiceEntity, ['collaborationId', 'invoiceId'], ['collaborationId', 'id'], { name: 'allocation_invoice_fk' })
@Check('allocation_of_something', `pence <> 0`)
@Index('allocation_by_payment', ['collaborationId', 'paymentId'])
@Index('allocation_by_invoice', ['collaborationId', 'invoiceId'])
export class AllocationEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'allocation_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'allocation_pk' })
  id: string;

  @Column('uuid')
  paymentId: string;

  @Column('uuid')
  invoiceId: string;

  @Column('bigint')
  pence: number;

  @Column('timestamptz')
  allocatedAt: Date;
}
