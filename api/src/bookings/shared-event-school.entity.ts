import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { SchoolEntity } from '../schools/school.entity.js';
import { SharedEventEntity } from './shared-event.entity.js';

/** A school that is invited. An event without any is for all. */
@Entity('shared_event_school')
@ForeignKey(() => SharedEventEntity, ['collaborationId', 'eventId'], ['collaborationId', 'id'], { name: 'shared_event_school_event_fk' })
@ForeignKey(() => SchoolEntity, ['urn'], ['urn'], { name: 'shared_event_school_school_fk' })
export class SharedEventSchoolEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'shared_event_school_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'shared_event_school_pk' })
  eventId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'shared_event_school_pk' })
  urn: string;
}
