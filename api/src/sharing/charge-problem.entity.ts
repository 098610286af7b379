import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ChargeEntity } from './charge.entity.js';

/** A try at dividing a charge that could not be done, and why. The charge waits, in sight, until a later try succeeds. */
@Entity('charge_problem')
@ForeignKey(() => ChargeEntity, ['collaborationId', 'chargeId'], ['collaborationId', 'id'], { name: 'charge_problem_of_charge_fk' })
@Index('charge_problem_by_charge', ['collaborationId', 'chargeId', 'triedAt'])
export class ChargeProblemEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'charge_problem_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'charge_problem_pk' })
  id: string;

  @Column('uuid')
  chargeId: string;

  @Column('text')
  code: string;

  @Column('jsonb')
  facts: object;

  @Column('timestamptz')
  triedAt: Date;
}
