import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { VatTreatmentKind } from '@fairshare/domain/sharing';
import { AgreementEntity } from '../procurement/agreement.entity.js';
import { SchoolEntity } from '../schools/school.entity.js';

/** How somebody chose that an agreement, a school, or both together are treated for VAT, from a day on. Never changed; the next one takes its place. */
@Entity('vat_choice')
@ForeignKey(() => AgreementEntity, ['collaborationId', 'agreementId'], ['collaborationId', 'id'], { name: 'vat_choice_agreement_fk' })
@ForeignKey(() => SchoolEntity, ['urn'], ['urn'], { name: 'vat_choice_school_fk' })
@Check('vat_choice_known_treatment', `treatment in ('outside-the-scope', 'not-a-supply', 'exempt', 'standard-rated', 'insurance-premium-tax', 'disbursement')`)
@Check('vat_choice_rate', `rate_basis_points between 0 and 10000 and (rate_basis_points > 0) = (treatment is not null and treatment = 'standard-rated')`)
@Check('vat_choice_says_why', `btrim(reason) <> ''`)
@Check('vat_choice_of_something', `agreement_id is not null or urn is not null`)
@Index('vat_choice_by_agreement', ['collaborationId', 'agreementId', 'urn'])
export class VatChoiceEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'vat_choice_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'vat_choice_pk' })
  id: string;

  @Column('uuid', { nullable: true })
  agreementId: string | null;

  /** The customer. */
  @Column('text', { nullable: true })
  urn: string | null;

  @Column('date')
  fromOn: DateOnly;

  /** Null goes back to the default. */
  @Column('text', { nullable: true })
  treatment: VatTreatmentKind | null;

  /** 2,000 is 20 %. */
  @Column('integer')
  rateBasisPoints: number;

  @Column('text')
  reason: string;

  @Column('text')
  chosenBy: string;

  @Column('timestamptz')
  chosenAt: Date;
}
