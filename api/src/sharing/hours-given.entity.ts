import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { SchoolEntity } from '../schools/school.entity.js';

/** Time that one school's staff gave another without cash. A mistake is taken back by a line of the same minutes below zero. */
@Entity('hours_given')
@ForeignKey(() => SchoolEntity, ['giverUrn'], ['urn'], { name: 'hours_given_giver_fk' })
@ForeignKey(() => SchoolEntity, ['takerUrn'], ['urn'], { name: 'hours_given_taker_fk' })
@Check('hours_given_to_another', 'giver_urn <> taker_urn')
@Check('hours_given_within_reason', 'minutes between -60000 and 60000 and minutes <> 0')
@Check('hours_given_says_what', `btrim(what) <> ''`)
@Index('hours_given_by_day', ['collaborationId', 'givenOn', 'id'])
export class HoursGivenEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'hours_given_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'hours_given_pk' })
  id: string;

  @Column('text')
  giverUrn: string;

  @Column('text')
  takerUrn: string;

  @Column('integer')
  minutes: number;

  @Column('date')
  givenOn: string;

  @Column('text')
  what: string;

  @Column('text')
  recordedBy: string;

  @Column('timestamptz')
  recordedAt: Date;
}
