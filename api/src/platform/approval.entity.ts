import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ApprovalKind } from '@fairshare/contract/approvals';

/** Something above a collaboration's limit: one person asks, another approves. Decided, it never changes. */
@Entity('approval')
@Check('approval_known_state', `state in ('waiting', 'approved', 'refused')`)
@Check('approval_decided_when_over', `(state = 'waiting') = (decided_at is null) and (decided_at is null) = (decided_by is null) and (decided_at is null) = (decided_by_user is null)`)
@Check(
  'approval_two_people',
  `state <> 'approved' or (decided_by_user <> asked_by_user and decided_by_user is distinct from asked_for_user
            and (decided_for_user is null or (decided_for_user <> asked_by_user and decided_for_user is distinct from asked_for_user)))`,
)
@Check('approval_wanted_while_waiting', `(state = 'waiting') = (wanted is not null)`)
@Check('approval_sealed', `summary like '{sealed:%' and (wanted is null or wanted like '{sealed:%') and asked_by like '{sealed:%' and (decided_by is null or decided_by like '{sealed:%')`)
@Index('approval_by_state', ['collaborationId', 'state', 'askedAt'])
export class ApprovalEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'approval_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'approval_pk' })
  id: string;

  @Column('text')
  kind: ApprovalKind;

  @Column('uuid', { nullable: true })
  subjectId: string | null;

  @Column('bigint', { nullable: true })
  pence: number | null;

  /** What it is in words, encrypted with the key of who asked. */
  @Column('text')
  summary: string;

  /** The request as it came, encrypted likewise; gone once it is decided. */
  @Column('text', { nullable: true })
  wanted: string | null;

  @Column('text')
  state: 'waiting' | 'approved' | 'refused';

  @Column('uuid')
  askedByUser: string;

  /** For whom a delegate asked. */
  @Column('uuid', { nullable: true })
  askedForUser: string | null;

  @Column('text')
  askedBy: string;

  @Column('timestamptz')
  askedAt: Date;

  @Column('uuid', { nullable: true })
  decidedByUser: string | null;

  @Column('uuid', { nullable: true })
  decidedForUser: string | null;

  @Column('text', { nullable: true })
  decidedBy: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;
}
