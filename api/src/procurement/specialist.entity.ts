import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A person who delivers: one for the whole system, so that two collaborations never sell the same hour. */
@Entity('specialist')
@Unique('specialist_email_once', ['email'])
@Check('specialist_has_name', `btrim(name) <> ''`)
export class SpecialistEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'specialist_pk' })
  id: string;

  @Column('text')
  name: string;

  /** By it a second collaboration finds the person that the first one engaged. */
  @Column('citext', { nullable: true })
  email: string | null;
}
