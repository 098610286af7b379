import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { TravelPair } from '@fairshare/domain/availability';
import { SchoolEntity } from '../schools/school.entity.js';

/** Minutes from one site to another by road, as this collaboration knows it. The way back is a row of its own. */
@Entity('travel_time')
@ForeignKey(() => SchoolEntity, ['fromUrn'], ['urn'], { name: 'travel_time_from_fk' })
@ForeignKey(() => SchoolEntity, ['toUrn'], ['urn'], { name: 'travel_time_to_fk' })
@Check('travel_time_within_a_day', 'minutes between 0 and 600')
@Check('travel_time_between_two_sites', 'from_urn <> to_urn')
export class TravelTimeEntity implements TravelPair {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'travel_time_pk' })
  collaborationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'travel_time_pk' })
  fromUrn: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'travel_time_pk' })
  toUrn: string;

  @Column('smallint')
  minutes: number;
}
