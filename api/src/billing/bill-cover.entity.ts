import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ChargeEntity } from '../sharing/charge.entity.js';
import { SupplierBillLineEntity } from './supplier-bill-line.entity.js';

/** What becomes of a bill’s line: a charge passes it on to the schools, or the collaboration carries it and says why. */
@Entity('bill_cover')
@ForeignKey(() => SupplierBillLineEntity, ['collaborationId', 'supplierBillLineId'], ['collaborationId', 'id'], { name: 'bill_cover_line_fk' })
@ForeignKey(() => ChargeEntity, ['collaborationId', 'chargeId'], ['collaborationId', 'id'], { name: 'bill_cover_charge_fk' })
@Check('bill_cover_one_way', `(charge_id is null) <> (carried_because is null)`)
@Index('bill_cover_by_line', ['collaborationId', 'supplierBillLineId'])
@Index('bill_cover_by_charge', ['collaborationId', 'chargeId'])
export class BillCoverEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'bill_cover_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'bill_cover_pk' })
  id: string;

  @Column('uuid')
  supplierBillLineId: string;

  @Column('uuid', { nullable: true })
  chargeId: string | null;

  /** Why the collaboration bears it itself. */
  @Column('text', { nullable: true })
  carriedBecause: string | null;

  @Column('bigint')
  pence: number;
}
