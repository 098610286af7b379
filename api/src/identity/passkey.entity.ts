import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { UserEntity } from './user.entity.js';

/** A passkey: the private half is in the person's device, only the public half is here. */
@Entity('passkey')
@ForeignKey(() => UserEntity, ['userId'], ['id'], { name: 'passkey_user_fk', onDelete: 'CASCADE' })
@Unique('passkey_credential_once', ['credentialId'])
@Check('passkey_has_name', `btrim(name) <> ''`)
export class PasskeyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'passkey_pk' })
  id: string;

  @Index('passkey_by_user')
  @Column('uuid')
  userId: string;

  @Column('text')
  credentialId: string;

  @Column('bytea')
  publicKey: Buffer;

  /** How often the device says it signed; a copy of it would fall behind. */
  @Column('bigint')
  counter: number;

  @Column('jsonb')
  transports: string[];

  @Column('text')
  name: string;

  /** Whether the person's other devices have it too. */
  @Column('boolean')
  synced: boolean;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  lastUsedAt: Date | null;
}
