import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One line of the trail: who did what to what, when, from where. Written by the platform, never changed. */
@Entity('trail')
@Index('trail_by_collaboration', ['collaborationId', 'happenedAt'])
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
}
