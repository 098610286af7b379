import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { EngagementEntity } from '../procurement/engagement.entity.js';
import { instantColumn } from './instant-column.js';

/** A calendar that a specialist keeps elsewhere. Its busy times are rows of `time_taken` that it holds. */
@Entity('outside_calendar')
@Unique('outside_calendar_in_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => EngagementEntity, ['collaborationId', 'specialistId'], ['collaborationId', 'specialistId'], { name: 'outside_calendar_engagement_fk' })
@Check('outside_calendar_has_name', `btrim(name) <> ''`)
@Index('outside_calendar_by_specialist', ['collaborationId', 'specialistId'])
export class OutsideCalendarEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'outside_calendar_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  specialistId: string;

  @Column('text')
  name: string;

  /** Where it is read each hour; null for a file, which is as it was. Often secret: it is shown to nobody, and stored encrypted. */
  @Column('text', { nullable: true })
  address: string | null;

  @Column('text')
  addedBy: string;

  @Column(instantColumn)
  addedAt: number;

  /** What is known is as of then. */
  @Column(instantColumn)
  readAt: number;

  @Column(instantColumn)
  triedAt: number;

  /** The code of what went wrong at the last try. */
  @Column('text', { nullable: true })
  fault: string | null;

  /** When its owner was told that it cannot be read. */
  @Column({ ...instantColumn, nullable: true })
  toldAt: number | null;

  @Column('text', { nullable: true })
  etag: string | null;

  /** From then on nothing is known, and nothing is free. */
  @Column(instantColumn)
  knownUntil: number;
}
