import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AgreementRuleEntity } from '../procurement/agreement-rule.entity.js';
import { ChargeEntity } from './charge.entity.js';
import type { Basis } from './new-charge.js';

/** How one charge was divided: the rule and the participants with their weights as they were then. */
@Entity('share_set')
@Unique('share_set_of_collaboration', ['collaborationId', 'chargeId'])
@Index('share_set_by_counting', ['collaborationId', 'countsOn'])
@ForeignKey(() => ChargeEntity, ['collaborationId', 'chargeId'], ['collaborationId', 'id'], { name: 'share_set_of_charge_fk' })
@ForeignKey(() => AgreementRuleEntity, ['collaborationId', 'ruleId'], ['collaborationId', 'id'], { name: 'share_set_rule_fk' })
export class ShareSetEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'share_set_pk' })
  chargeId: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid', { nullable: true })
  ruleId: string | null;

  @Column('jsonb')
  basis: Basis;

  /** The day on which its shares count in reports; the database says it. */
  @Column({ type: 'date', insert: false, update: false })
  countsOn: string;

  @Column('timestamptz')
  sharedAt: Date;
}
