import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { KeyKind } from './personal.js';

/** The key that somebody's personal texts are encrypted with, itself wrapped by the installation's key. Destroyed, it is gone for good. */
@Entity('personal_key')
@Check('personal_key_known_kind', `kind in ('person', 'school', 'mail', 'check')`)
@Check('personal_key_destroyed', `(wrapped is null) = (destroyed_at is not null)`)
export class PersonalKeyEntity {
  /** The person's own id as a user or a specialist, a school's in a collaboration, or a mail's. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'personal_key_pk' })
  id: string;

  @Column('text')
  kind: KeyKind;

  @Column('bytea', { nullable: true })
  wrapped: Buffer | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  destroyedAt: Date | null;
}
