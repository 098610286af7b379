import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { UserEntity } from './user.entity.js';

/** A code on paper for when the second factor is lost; each works once, and only its hash is kept. */
@Entity('recovery_code')
@ForeignKey(() => UserEntity, ['userId'], ['id'], { name: 'recovery_code_user_fk', onDelete: 'CASCADE' })
export class RecoveryCodeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'recovery_code_pk' })
  userId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'recovery_code_pk' })
  codeHash: string;

  @Column('timestamptz', { nullable: true })
  usedAt: Date | null;
}
