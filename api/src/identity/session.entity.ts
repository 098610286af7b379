import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { UserEntity } from './user.entity.js';

/** A browser that is signed in. Only the hash of its secret is kept. */
@Entity('session')
@ForeignKey(() => UserEntity, ['userId'], ['id'], { name: 'session_user_fk', onDelete: 'CASCADE' })
@Check('session_encrypted', `address like '{sealed:%' and device like '{sealed:%'`)
@Unique('session_id_once', ['id'])
export class SessionEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'session_pk' })
  tokenHash: string;

  @Index('session_by_user')
  @Column('uuid')
  userId: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  lastSeenAt: Date;

  /** However busy, a session ends here. */
  @Column('timestamptz')
  expiresAt: Date;

  @Column('text', { nullable: true })
  address: string | null;

  @Column('text', { nullable: true })
  device: string | null;

  /** What it is ended by; it opens nothing. */
  @Column('uuid')
  id: string;

  /** When the person last showed a password, a passkey or a code. */
  @Column('timestamptz', { default: () => 'now()' })
  provedAt: Date;

  /** Whether signing in took more than a password. */
  @Column('boolean', { default: false })
  secondFactor: boolean;
}
