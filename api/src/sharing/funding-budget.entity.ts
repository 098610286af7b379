import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { FundingKind } from '@fairshare/domain/sharing';
import { SchoolEntity } from '../schools/school.entity.js';

/** Money of one school and one of its financial years. Restricted money never goes below nothing. */
@Entity('funding_budget')
@Unique('funding_budget_of_school', ['collaborationId', 'id', 'urn'])
@Unique('funding_budget_once_a_year', ['collaborationId', 'urn', 'yearFrom', 'name'])
@ForeignKey(() => SchoolEntity, ['urn'], ['urn'], { name: 'funding_budget_school_fk' })
@Check('funding_budget_known_kind', `kind in ('pupil-premium', 'sport-premium', 'notional-sen', 'high-needs', 'grant', 'general')`)
@Check('funding_budget_restricted_by_kind', `restricted = (kind in ('pupil-premium', 'sport-premium', 'high-needs', 'grant'))`)
@Check('funding_budget_grant_has_conditions', `kind <> 'grant' or btrim(coalesce(conditions, '')) <> ''`)
@Check('funding_budget_is_named', `btrim(name) <> ''`)
@Check('funding_budget_year_in_order', `year_from < year_to`)
@Check('funding_budget_not_negative', `pence >= 0`)
export class FundingBudgetEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'funding_budget_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('text')
  urn: string;

  @Column('date')
  yearFrom: DateOnly;

  @Column('date')
  yearTo: DateOnly;

  @Column('text')
  kind: FundingKind;

  @Column('text')
  name: string;

  /** What the money may be spent on. */
  @Column('text', { nullable: true })
  conditions: string | null;

  @Column('boolean')
  restricted: boolean;

  @Column('bigint')
  pence: number;
}
