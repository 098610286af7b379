import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { WorkingPattern, WorkingPeriod } from '@fairshare/domain/availability';
import { EngagementEntity } from '../procurement/engagement.entity.js';

/** When a specialist works for this collaboration. Several patterns of one specialist add up. */
@Entity('working_pattern')
@Unique('working_pattern_in_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => EngagementEntity, ['collaborationId', 'specialistId'], ['collaborationId', 'specialistId'], { name: 'working_pattern_engagement_fk' })
@Check('working_pattern_ends_after_start', 'valid_to >= valid_from')
@Check('working_pattern_every_week_or_second', 'every_weeks in (1, 2)')
@Check('working_pattern_second_week_anchored', 'every_weeks = 1 or anchor_on is not null')
@Check('working_pattern_has_periods', `jsonb_typeof(periods) = 'array' and jsonb_array_length(periods) > 0`)
@Index('working_pattern_by_specialist', ['collaborationId', 'specialistId'])
export class WorkingPatternEntity implements WorkingPattern {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'working_pattern_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  specialistId: string;

  @Column('date')
  validFrom: string;

  /** The last day; null while no end is known. */
  @Column('date', { nullable: true })
  validTo: string | null;

  @Column('smallint', { default: 1 })
  everyWeeks: 1 | 2;

  @Column('date', { nullable: true })
  anchorOn: string | null;

  @Column('boolean', { default: true })
  termTimeOnly: boolean;

  @Column('jsonb')
  periods: WorkingPeriod[];
}
