import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Membership } from '@fairshare/domain/schools';
import { CollaborationEntity } from './collaboration.entity.js';
import { SchoolEntity } from './school.entity.js';

/** A school's place in a collaboration, from a date and until a date. */
@Entity('membership')
@Unique('membership_in_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => CollaborationEntity, ['collaborationId'], ['id'], { name: 'membership_collaboration_fk' })
@ForeignKey(() => SchoolEntity, ['urn'], ['urn'], { name: 'membership_school_fk' })
@Check('membership_ends_after_start', 'until_on >= from_on')
@Exclusion('membership_never_overlaps', `using gist (collaboration_id with =, urn with =, daterange(from_on, until_on, '[]') with &&)`)
@Index('membership_by_school', ['urn'])
export class MembershipEntity implements Omit<Membership, 'recordedOn'> {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'membership_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('text')
  urn: string;

  @Column('date')
  fromOn: string;

  /** The last day; null while no end is known. */
  @Column('date', { nullable: true })
  untilOn: string | null;

  /** When somebody entered it: on that day it can still be taken back. */
  @Column('timestamptz', { default: () => 'now()' })
  recordedAt: Date;
}
