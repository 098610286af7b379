import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { AgreementEntity } from './agreement.entity.js';

/** A price for one unit and the first day on which it holds; another price follows it. */
@Entity('agreement_price')
@ForeignKey(() => AgreementEntity, ['collaborationId', 'agreementId'], ['collaborationId', 'id'], { name: 'agreement_price_agreement_fk' })
@Check('agreement_price_within_reason', 'pence between 1 and 10000000000')
export class AgreementPriceEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'agreement_price_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'agreement_price_pk' })
  agreementId: string;

  @PrimaryColumn('date', { primaryKeyConstraintName: 'agreement_price_pk' })
  effectiveOn: string;

  @Column('bigint')
  pence: number;
}
