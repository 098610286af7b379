import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Service, ServiceColourName, ServiceKind } from '@fairshare/domain/procurement';
import { CollaborationEntity } from '../schools/collaboration.entity.js';

/** An entry in the collaboration's catalogue. */
@Entity('service')
@Unique('service_of_collaboration', ['collaborationId', 'id'])
@Unique('service_name_once', ['collaborationId', 'name'])
@ForeignKey(() => CollaborationEntity, ['collaborationId'], ['id'], { name: 'service_collaboration_fk' })
@Check('service_has_name', `btrim(name) <> ''`)
@Check('service_known_kind', `kind in ('sen-assessment', 'counselling', 'educational-psychology', 'speech-and-language', 'shared-business-manager', 'personnel', 'absence-insurance', 'management-information-system', 'training', 'other')`)
@Check('service_known_colour', `colour in ('blue', 'orange', 'green', 'pink', 'vermilion', 'sky', 'ochre', 'grey')`)
export class ServiceEntity implements Service {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'service_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('text')
  name: string;

  @Column('text')
  kind: ServiceKind;

  @Column('text')
  colour: ServiceColourName;

  @Column('boolean')
  forStaff: boolean;
}
