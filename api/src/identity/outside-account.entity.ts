import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { UserEntity } from './user.entity.js';

/** An account at a provider that somebody signs in with. */
@Entity('outside_account')
@ForeignKey(() => UserEntity, ['userId'], ['id'], { name: 'outside_account_user_fk', onDelete: 'CASCADE' })
@Unique('outside_account_once_a_provider', ['userId', 'provider'])
export class OutsideAccountEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'outside_account_pk' })
  issuer: string;

  /** The provider's own name for the person, which it never gives to another. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'outside_account_pk' })
  subject: string;

  @Column('uuid')
  userId: string;

  @Column('text')
  provider: string;

  @Column('timestamptz')
  tiedAt: Date;

  @Column('timestamptz', { nullable: true })
  lastUsedAt: Date | null;
}
