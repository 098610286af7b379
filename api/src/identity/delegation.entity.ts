import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { UserEntity } from './user.entity.js';

/** Somebody acts for somebody who is away, from a day until a day; both belong to it. */
@Entity('delegation')
@ForeignKey(() => UserEntity, ['fromUserId'], ['id'], { name: 'delegation_from_fk', onDelete: 'CASCADE' })
@ForeignKey(() => UserEntity, ['toUserId'], ['id'], { name: 'delegation_to_fk', onDelete: 'CASCADE' })
@Check('delegation_to_somebody_else', 'from_user_id <> to_user_id')
@Check('delegation_ends_after_start', 'until_on >= from_on and until_on <= from_on + 366')
export class DelegationEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delegation_pk' })
  id: string;

  /** Who is away. */
  @Index('delegation_from')
  @Column('uuid')
  fromUserId: string;

  @Index('delegation_to')
  @Column('uuid')
  toUserId: string;

  @Column('date')
  fromOn: string;

  @Column('date')
  untilOn: string;

  @Column('timestamptz')
  createdAt: Date;

  /** Taken back before its last day. */
  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;
}
