import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AgreementEntity } from './agreement.entity.js';

/** A part of a retainer, the day on which it is owed and the days of service it pays for. */
@Entity('instalment')
@Unique('instalment_of_collaboration', ['collaborationId', 'id'])
@Unique('instalment_number_once', ['collaborationId', 'agreementId', 'number'])
@ForeignKey(() => AgreementEntity, ['collaborationId', 'agreementId'], ['collaborationId', 'id'], { name: 'instalment_agreement_fk' })
@Check('instalment_number_from_one', 'number >= 1')
@Check('instalment_period_in_order', 'service_to >= service_from')
@Check('instalment_within_reason', 'pence between 1 and 10000000000')
@Index('instalment_due', ['collaborationId', 'dueOn'], { where: 'charged_at is null' })
export class InstalmentEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'instalment_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  agreementId: string;

  @Column('integer')
  number: number;

  @Column('date')
  dueOn: string;

  @Column('date')
  serviceFrom: string;

  @Column('date')
  serviceTo: string;

  @Column('bigint')
  pence: number;

  /** When it became a charge. */
  @Column('timestamptz', { nullable: true })
  chargedAt: Date | null;
}
