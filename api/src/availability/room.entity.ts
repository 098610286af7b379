import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { SchoolEntity } from '../schools/school.entity.js';

/** A room at a school that sessions can be held in, one at a time. */
@Entity('room')
@Unique('room_in_collaboration', ['collaborationId', 'id'])
@Unique('room_named_once', ['collaborationId', 'schoolUrn', 'name'])
@ForeignKey(() => SchoolEntity, ['schoolUrn'], ['urn'], { name: 'room_school_fk' })
@Check('room_has_name', `btrim(name) <> ''`)
export class RoomEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'room_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('text')
  schoolUrn: string;

  @Column('text')
  name: string;
}
