import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Absence } from '@fairshare/domain/availability';
import { EngagementEntity } from '../procurement/engagement.entity.js';
import { instantColumn } from './instant-column.js';

/** Why and when a specialist is away, as their own collaboration may read it; the time itself stands in `time_taken`. */
@Entity('absence')
@Unique('absence_in_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => EngagementEntity, ['collaborationId', 'specialistId'], ['collaborationId', 'specialistId'], { name: 'absence_engagement_fk' })
@Check('absence_ends_after_start', 'ends_at > starts_at')
@Check('absence_known_reason', `reason in ('illness', 'leave', 'training', 'other')`)
@Index('absence_by_specialist', ['collaborationId', 'specialistId', 'startsAt'])
export class AbsenceEntity implements Absence {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'absence_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  specialistId: string;

  @Column(instantColumn)
  startsAt: number;

  @Column(instantColumn)
  endsAt: number;

  @Column('text')
  reason: 'illness' | 'leave' | 'training' | 'other';

  @Column('text', { nullable: true })
  note: string | null;

  /** The name as it was then. */
  @Column('text')
  recordedBy: string;

  @Column(instantColumn)
  recordedAt: number;

  /** An absence that was taken back stays on record and takes no time. */
  @Column({ ...instantColumn, nullable: true })
  withdrawnAt: number | null;
}
