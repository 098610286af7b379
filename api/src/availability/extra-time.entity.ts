import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ExtraTime } from '@fairshare/domain/availability';
import { EngagementEntity } from '../procurement/engagement.entity.js';
import { instantColumn } from './instant-column.js';

/** Time that a specialist adds to the pattern, in term or out of it. */
@Entity('extra_time')
@Unique('extra_time_in_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => EngagementEntity, ['collaborationId', 'specialistId'], ['collaborationId', 'specialistId'], { name: 'extra_time_engagement_fk' })
@Check('extra_time_ends_after_start', 'ends_at > starts_at')
@Index('extra_time_by_specialist', ['collaborationId', 'specialistId', 'endsAt'])
export class ExtraTimeEntity implements ExtraTime {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'extra_time_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  specialistId: string;

  @Column(instantColumn)
  startsAt: number;

  @Column(instantColumn)
  endsAt: number;
}
