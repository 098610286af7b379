import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { SharedEventKind } from '@fairshare/domain/bookings';
import { instantColumn } from '../availability/instant-column.js';
import { SchoolEntity } from '../schools/school.entity.js';

/** What schools do together beside the sessions they book. Nothing is deleted: calendar programs are told that it is off, and a mistake is taken back. */
@Entity('shared_event')
@Unique('shared_event_in_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => SchoolEntity, ['ownerUrn'], ['urn'], { name: 'shared_event_owner_fk' })
@Check('shared_event_known_kind', `kind in ('training', 'meeting', 'sports', 'inset', 'teacher-exchange', 'other')`)
@Check('shared_event_ends_after_start', 'ends_at > starts_at')
@Check('shared_event_title_not_empty', 'length(title) between 1 and 200')
@Index('shared_event_by_start', ['collaborationId', 'startsAt'])
@Index('shared_event_by_series', ['collaborationId', 'seriesId'], { where: 'series_id is not null' })
export class SharedEventEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'shared_event_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('text')
  kind: SharedEventKind;

  @Column('text')
  title: string;

  @Column('text', { nullable: true })
  place: string | null;

  @Column('text', { nullable: true })
  details: string | null;

  @Column(instantColumn)
  startsAt: number;

  @Column(instantColumn)
  endsAt: number;

  /** From the first moment of a day to the last of another. */
  @Column('boolean')
  wholeDays: boolean;

  /** The events that were made by one rule. */
  @Column('uuid', { nullable: true })
  seriesId: string | null;

  /** The school whose event it is; null when the collaboration's. */
  @Column('text', { nullable: true })
  ownerUrn: string | null;

  @Column('text')
  createdBy: string;

  @Column(instantColumn)
  createdAt: number;

  @Column(instantColumn)
  changedAt: number;

  @Column({ ...instantColumn, nullable: true })
  removedAt: number | null;

  /** Grows with every change: iCalendar's SEQUENCE. */
  @Column('integer', { default: 0 })
  sequence: number;
}
