import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { SupplierEntity } from '../procurement/supplier.entity.js';

/** A supplier’s demand to the collaboration. */
@Entity('supplier_bill')
@Unique('supplier_bill_of_collaboration', ['collaborationId', 'id'])
@Unique('supplier_bill_once', ['collaborationId', 'supplierId', 'number'])
@ForeignKey(() => SupplierEntity, ['collaborationId', 'supplierId'], ['collaborationId', 'id'], { name: 'supplier_bill_supplier_fk' })
@Index('supplier_bill_by_day', ['collaborationId', 'billedOn'])
export class SupplierBillEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supplier_bill_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  supplierId: string;

  @Column('text')
  number: string;

  @Column('date')
  billedOn: DateOnly;

  @Column('date', { nullable: true })
  dueOn: DateOnly | null;

  @Column('text')
  recordedBy: string;

  @Column('timestamptz')
  recordedAt: Date;
}
