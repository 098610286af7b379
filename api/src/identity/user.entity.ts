import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A person who can sign in. */
@Entity('app_user')
@Unique('app_user_email_once', ['emailIndex'])
@Check('app_user_encrypted', `name like '{sealed:%' and email like '{sealed:%'`)
@Check('app_user_has_name', `btrim(name) <> ''`)
export class UserEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'app_user_pk' })
  id: string;

  /** Encrypted with the person's own key, like the name. */
  @Column('text')
  email: string;

  /** By it the person is found who signs in; nothing once they were erased. */
  @Column('text', { nullable: true })
  emailIndex: string | null;

  @Column('text')
  name: string;

  /** argon2id; null for somebody who signs in elsewhere only. */
  @Column('text', { nullable: true })
  passwordHash: string | null;

  @Column('boolean', { default: true })
  active: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
