import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { AgreementEntity } from '../procurement/agreement.entity.js';
import { SchoolEntity } from '../schools/school.entity.js';

/** What a school had been rounded down by within an agreement before the collaboration came here. Written once. */
@Entity('opening_carry')
@ForeignKey(() => AgreementEntity, ['collaborationId', 'agreementId'], ['collaborationId', 'id'], { name: 'opening_carry_agreement_fk' })
@ForeignKey(() => SchoolEntity, ['urn'], ['urn'], { name: 'opening_carry_school_fk' })
export class OpeningCarryEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opening_carry_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opening_carry_pk' })
  agreementId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'opening_carry_pk' })
  urn: string;

  /** A fraction of pence: "-2/3". */
  @Column('text')
  carriedPence: string;

  @Column('text')
  recordedBy: string;

  @Column('timestamptz')
  recordedAt: Date;
}
