import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { AgreedGroup, AgreedPart, AgreedRule, LeaverPolicy, RuleBasis } from '@fairshare/domain/procurement';
import { AgreementEntity } from './agreement.entity.js';

/** How an agreement's charges are shared from a date on. The database refuses to change one that has shared a charge. */
@Entity('agreement_rule')
@Unique('agreement_rule_of_collaboration', ['collaborationId', 'id'])
@Unique('agreement_rule_once_a_day', ['collaborationId', 'agreementId', 'effectiveOn'])
@ForeignKey(() => AgreementEntity, ['collaborationId', 'agreementId'], ['collaborationId', 'id'], { name: 'agreement_rule_agreement_fk' })
@Check('agreement_rule_known_basis', `basis in ('equal', 'pupils', 'pupil-premium', 'use', 'fixed', 'parts', 'groups')`)
@Check('agreement_rule_parts_add_up', `(basis = 'parts') = (parts is not null) and (parts is null or basis_points_of_parts(parts) = 10000)`)
@Check('agreement_rule_groups_add_up', `(basis = 'groups') = (groups is not null) and (groups is null or basis_points_of_parts(groups) = 10000)`)
@Check('agreement_rule_known_leavers', `leavers in ('to-date', 'end-of-term')`)
@Check('agreement_rule_fixed_adds_up', `(basis <> 'fixed' or fixed_basis_points is not null) and (fixed_basis_points is null or basis_points_of_schools(fixed_basis_points) = 10000)`)
@Check('agreement_rule_bounds_within_reason', 'cap_basis_points between 1 and 10000 and cap_pence between 1 and 10000000000 and floor_pence between 1 and 10000000000')
@Check('agreement_rule_named_people', 'cardinality(agreed_by) > 0')
export class AgreementRuleEntity implements AgreedRule {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'agreement_rule_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  agreementId: string;

  @Column('date')
  effectiveOn: string;

  @Column('text')
  basis: RuleBasis;

  @Column('jsonb', { nullable: true })
  parts: AgreedPart[] | null;

  @Column('jsonb', { nullable: true })
  groups: AgreedGroup[] | null;

  /** Until when a school that leaves takes part. */
  @Column('text', { default: 'to-date' })
  leavers: LeaverPolicy;

  /** By URN, together 10,000. */
  @Column('jsonb', { nullable: true })
  fixedBasisPoints: Record<string, number> | null;

  @Column('integer', { nullable: true })
  capBasisPoints: number | null;

  @Column('bigint', { nullable: true })
  capPence: number | null;

  @Column('bigint', { nullable: true })
  floorPence: number | null;

  @Column('date', { nullable: true })
  censusOn: string | null;

  @Column('date')
  agreedOn: string;

  /** The people who agreed it, by name and school. */
  @Column('text', { array: true })
  agreedBy: string[];

  /** When it first shared a charge. */
  @Column('timestamptz', { nullable: true })
  frozenAt: Date | null;
}
