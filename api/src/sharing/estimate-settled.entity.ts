import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ChargeEntity } from './charge.entity.js';

/** The actual sum that took the place of an estimated expense. Written once. */
@Entity('estimate_settled')
@ForeignKey(() => ChargeEntity, ['collaborationId', 'chargeId'], ['collaborationId', 'id'], { name: 'estimate_settled_charge_fk' })
@Check('estimate_settled_within_reason', 'actual_pence between 0 and 10000000000')
export class EstimateSettledEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'estimate_settled_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'estimate_settled_pk' })
  chargeId: string;

  @Column('bigint')
  actualPence: number;

  @Column('date')
  settledOn: string;

  @Column('text')
  settledBy: string;
}
