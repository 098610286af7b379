import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { StoredExplanation } from '@fairshare/contract/sharing';
import { AgreementEntity } from '../procurement/agreement.entity.js';
import { SchoolEntity } from '../schools/school.entity.js';
import { ShareSetEntity } from './share-set.entity.js';

/** One school's part of a charge, with everything needed to work it out again by hand. */
@Entity('share')
@Unique('share_of_collaboration', ['collaborationId', 'id'])
@Unique('share_of_school', ['collaborationId', 'id', 'urn'])
@Unique('share_once_a_school', ['chargeId', 'urn'])
@Unique('share_in_order', ['collaborationId', 'sequence'])
@ForeignKey(() => ShareSetEntity, ['collaborationId', 'chargeId'], ['collaborationId', 'chargeId'], { name: 'share_of_set_fk' })
@ForeignKey(() => AgreementEntity, ['collaborationId', 'agreementId'], ['collaborationId', 'id'], { name: 'share_agreement_fk' })
@ForeignKey(() => SchoolEntity, ['urn'], ['urn'], { name: 'share_school_fk' })
@Index('share_by_charge', ['collaborationId', 'chargeId'])
@Index('share_by_school', ['collaborationId', 'urn', 'chargeId'])
@Index('share_by_carry', ['collaborationId', 'agreementId', 'urn', 'sequence'])
export class ShareEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'share_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  chargeId: string;

  /** The charge's agreement: carries run within it. */
  @Column('uuid', { nullable: true })
  agreementId: string | null;

  /** The order in which the collaboration's shares were made; the latest of a school and agreement holds its carry. */
  @Column('bigint')
  sequence: number;

  @Column('text')
  urn: string;

  @Column('bigint')
  pence: number;

  /** What the school would pay if pennies could be cut, as a fraction of pence. */
  @Column('text')
  exactPence: string;

  @Column('text')
  carriedBefore: string;

  @Column('text')
  carriedAfter: string;

  @Column('jsonb')
  explanation: StoredExplanation;
}
