import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A person who delivers: one for the whole system, so that two collaborations never sell the same hour. */
@Entity('specialist')
@Unique('specialist_email_once', ['emailIndex'])
@Check('specialist_encrypted', `name like '{sealed:%' and email like '{sealed:%'`)
@Check('specialist_has_name', `btrim(name) <> ''`)
export class SpecialistEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'specialist_pk' })
  id: string;

  /** Encrypted with the person's own key, like the address. */
  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  email: string | null;

  /** By it a second collaboration finds the person that the first one engaged. */
  @Column('text', { nullable: true })
  emailIndex: string | null;
}
