import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { SupplierBillEntity } from './supplier-bill.entity.js';

/** One line of a supplier’s bill. */
@Entity('supplier_bill_line')
@Unique('supplier_bill_line_of_collaboration', ['collaborationId', 'id'])
@Unique('supplier_bill_line_in_order', ['collaborationId', 'supplierBillId', 'position'])
@ForeignKey(() => SupplierBillEntity, ['collaborationId', 'supplierBillId'], ['collaborationId', 'id'], { name: 'supplier_bill_line_bill_fk' })
export class SupplierBillLineEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supplier_bill_line_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  supplierBillId: string;

  @Column('integer')
  position: number;

  @Column('text')
  description: string;

  @Column('bigint')
  pence: number;
}
