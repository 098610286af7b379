import { Check, Entity, PrimaryColumn } from 'typeorm';

/** Everybody with a role here has to have a second factor; an empty URN means the whole collaboration. */
@Entity('second_factor_rule')
@Check('second_factor_rule_where', `school_urn ~ '^([0-9]{6})?$'`)
export class SecondFactorRuleEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'second_factor_rule_pk' })
  collaborationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'second_factor_rule_pk', default: '' })
  schoolUrn: string;
}
