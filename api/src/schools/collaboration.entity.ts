import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Nation } from '@fairshare/domain/schools';
import { SchoolEntity } from './school.entity.js';

/** A group of schools acting together: the tenant. */
@Entity('collaboration')
@ForeignKey(() => SchoolEntity, ['leadSchoolUrn'], ['urn'], { name: 'collaboration_lead_school_fk' })
@Check('collaboration_has_name', `btrim(name) <> ''`)
@Check('collaboration_known_nation', `nation in ('england', 'wales', 'scotland', 'northern-ireland')`)
@Check('collaboration_limit_not_negative', 'approval_limit_pence >= 0')
@Index('collaboration_by_name', ['name'])
export class CollaborationEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'collaboration_pk' })
  id: string;

  @Column('text')
  name: string;

  @Column('text', { default: 'Europe/London' })
  zone: string;

  @Column('text', { default: 'england' })
  nation: Nation;

  /** The member that holds the money and signs for the others. */
  @Column('text', { nullable: true })
  leadSchoolUrn: string | null;

  /** Above it nobody approves what they asked for themselves; null when there is no such limit. */
  @Column('bigint', { nullable: true })
  approvalLimitPence: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
