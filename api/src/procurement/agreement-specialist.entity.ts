import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AgreementEntity } from './agreement.entity.js';
import { EngagementEntity } from './engagement.entity.js';

/** Who may be booked under an agreement: engaged specialists only. */
@Entity('agreement_specialist')
@ForeignKey(() => AgreementEntity, ['collaborationId', 'agreementId'], ['collaborationId', 'id'], { name: 'agreement_specialist_agreement_fk' })
@ForeignKey(() => EngagementEntity, ['collaborationId', 'specialistId'], ['collaborationId', 'specialistId'], { name: 'agreement_specialist_engagement_fk' })
@Index('agreement_specialist_by_specialist', ['collaborationId', 'specialistId'])
export class AgreementSpecialistEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'agreement_specialist_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'agreement_specialist_pk' })
  agreementId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'agreement_specialist_pk' })
  specialistId: string;
}
