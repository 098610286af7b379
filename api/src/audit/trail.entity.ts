import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One line of the trail: who did what to what, when, from where. Written by the platform, never changed. */
@Entity('trail')
@Check('trail_known_kind', `kind in ('change', 'reading')`)
@Check('trail_on_behalf_whole', `(on_behalf_of is null) = (on_behalf_name is null)`)
@Check('trail_encrypted', `address like '{sealed:%'`)
@Index('trail_by_collaboration', ['collaborationId', 'happenedAt'])
@Index('trail_by_person', ['userId', 'happenedAt'])
export class TrailEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'trail_pk' })
  id: string;

  @Column('uuid', { nullable: true })
  collaborationId: string | null;

  @Column('uuid', { nullable: true })
  userId: string | null;

  /** The name as it was then: people change theirs, history does not. */
  @Column('text')
  userName: string;

  @Column('text')
  action: string;

  @Column('text')
  subjectKind: string;

  @Index('trail_by_subject')
  @Column('text')
  subjectId: string;

  @Column('jsonb', { nullable: true })
  before: unknown;

  @Column('jsonb', { nullable: true })
  after: unknown;

  @Column('timestamptz')
  happenedAt: Date;

  @Column('text', { nullable: true })
  address: string | null;

  /** Something was changed, or something sensitive was read. */
  @Column('text', { default: 'change' })
  kind: 'change' | 'reading';

  /** Whom a delegate acted for. */
  @Column('uuid', { nullable: true })
  onBehalfOf: string | null;

  @Column('text', { nullable: true })
  onBehalfName: string | null;
}
