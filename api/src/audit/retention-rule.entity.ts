import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Where an administrator keeps something longer or shorter than usual. */
@Entity('retention_rule')
@Check('retention_rule_days', 'days between 1 and 36500')
export class RetentionRuleEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'retention_rule_pk' })
  kind: string;

  @Column('integer')
  days: number;
}
