import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { SchoolEntity } from '../schools/school.entity.js';
import { InvoiceEntity } from './invoice.entity.js';
import { SupplierBillEntity } from './supplier-bill.entity.js';

/**
 * Money that came (above zero) or went (below zero). A reversal is a payment of the opposite sense that names it. One of no
 * money holds what a credit note made due to a school.
 */
@Entity('payment')
@Unique('payment_of_collaboration', ['collaborationId', 'id'])
@Unique('payment_reversed_once', ['collaborationId', 'reversesId'])
@ForeignKey(() => SchoolEntity, ['urn'], ['urn'], { name: 'payment_school_fk' })
@ForeignKey(() => SupplierBillEntity, ['collaborationId', 'supplierBillId'], ['collaborationId', 'id'], { name: 'payment_bill_fk' })
@ForeignKey(() => PaymentEntity, ['collaborationId', 'reversesId'], ['collaborationId', 'id'], { name: 'payment_reverses_fk' })
@Check('payment_one_party', `(urn is null) <> (supplier_bill_id is null)`)
@Unique('payment_holds_once', ['collaborationId', 'holdsId'])
@ForeignKey(() => InvoiceEntity, ['collaborationId', 'holdsId'], ['collaborationId', 'id'], { name: 'payment_holds_fk' })
@Check('payment_of_something', `(pence <> 0) = (holds_id is null)`)
@Index('payment_by_school', ['collaborationId', 'urn', 'paidOn'])
@Index('payment_by_bill', ['collaborationId', 'supplierBillId'])
@Index('payment_by_day', ['collaborationId', 'paidOn'])
export class PaymentEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'payment_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  /** The school that paid. */
  @Column('text', { nullable: true })
  urn: string | null;

  @Column('uuid', { nullable: true })
  supplierBillId: string | null;

  @Column('bigint')
  pence: number;

  @Column('date')
  paidOn: DateOnly;

  @Column('text')
  reference: string;

  @Column('text')
  recordedBy: string;

  @Column('timestamptz')
  recordedAt: Date;

  @Column('uuid', { nullable: true })
  reversesId: string | null;

  @Column('uuid', { nullable: true })
  holdsId: string | null;
}
