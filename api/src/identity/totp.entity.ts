import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { UserEntity } from './user.entity.js';

/** An authenticator app's secret; it counts from the moment its first code was shown. */
@Entity('totp')
@ForeignKey(() => UserEntity, ['userId'], ['id'], { name: 'totp_user_fk', onDelete: 'CASCADE' })
export class TotpEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'totp_pk' })
  userId: string;

  /** Base32, as authenticators read it, encrypted with the person’s key. */
  @Column('text')
  secret: string;

  @Column('timestamptz', { nullable: true })
  confirmedAt: Date | null;

  /** The half minute of the code that was used last: it and those before it open nothing any more. */
  @Column('bigint', { nullable: true })
  lastStep: number | null;

  @Column('timestamptz')
  createdAt: Date;
}
