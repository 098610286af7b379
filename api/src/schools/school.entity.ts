import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SchoolKind, SchoolRecord, SchoolStatus } from '@fairshare/domain/schools';

/** A school of the national register; it belongs to no collaboration. */
@Entity('school')
@Check('school_urn_six_digits', `urn ~ '^[0-9]{6}$'`)
@Check('school_has_name', `btrim(name) <> ''`)
@Check('school_known_kind', `kind in ('maintained', 'academy')`)
@Check('school_known_status', `status in ('open', 'open-but-proposed-to-close', 'closed', 'proposed-to-open')`)
@Check('school_closed_after_opened', 'closed_on >= opened_on')
@Check('school_not_its_own_successor', 'successor_urn <> urn')
@Index('school_by_name', { synchronize: false })
@Index('school_by_postcode', { synchronize: false })
@Index('school_by_urn_prefix', { synchronize: false })
@Index('school_by_local_authority', ['laCode'])
export class SchoolEntity implements SchoolRecord {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'school_pk' })
  urn: string;

  @Column('text')
  name: string;

  @Column('text', { default: 'maintained' })
  kind: SchoolKind;

  @Column('text', { default: 'open' })
  status: SchoolStatus;

  @Column('text', { nullable: true })
  laCode: string | null;

  @Column('text', { nullable: true })
  laName: string | null;

  @Column('text', { nullable: true })
  establishmentNumber: string | null;

  @Column('text', { nullable: true })
  ukprn: string | null;

  @Column('text', { nullable: true })
  typeName: string | null;

  @Column('text', { nullable: true })
  phase: string | null;

  @Column('text', { nullable: true })
  street: string | null;

  @Column('text', { nullable: true })
  town: string | null;

  @Column('text', { nullable: true })
  postcode: string | null;

  @Column('integer', { nullable: true })
  easting: number | null;

  @Column('integer', { nullable: true })
  northing: number | null;

  @Column('text', { nullable: true })
  trustCode: string | null;

  @Column('text', { nullable: true })
  trustName: string | null;

  @Column('date', { nullable: true })
  openedOn: string | null;

  @Column('date', { nullable: true })
  closedOn: string | null;

  @Column('text', { nullable: true })
  successorUrn: string | null;
}
