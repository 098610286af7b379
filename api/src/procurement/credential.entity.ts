import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Credential, CredentialType } from '@fairshare/domain/procurement';
import { EngagementEntity } from './engagement.entity.js';

/** Evidence that a specialist may work, as one collaboration checked it. */
@Entity('credential')
@Unique('credential_of_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => EngagementEntity, ['collaborationId', 'specialistId'], ['collaborationId', 'specialistId'], { name: 'credential_engagement_fk' })
@Check('credential_known_type', `type in ('hcpc-registration', 'accredited-register', 'dbs-letter-of-assurance', 'insurance', 'off-payroll-status', 'right-to-work', 'qualification', 'other')`)
@Check('credential_has_checker', `btrim(checked_by) <> ''`)
@Check('credential_encrypted', `number like '{sealed:%'`)
@Check('credential_expires_after_check', 'expires_on >= checked_on')
@Index('credential_by_specialist', ['collaborationId', 'specialistId', 'type', 'expiresOn'])
export class CredentialEntity implements Credential {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'credential_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  specialistId: string;

  @Column('text')
  type: CredentialType;

  /** Encrypted with the specialist's key. */
  @Column('text', { nullable: true })
  number: string | null;

  @Column('date')
  checkedOn: string;

  @Column('text')
  checkedBy: string;

  /** Its last valid day; null when it never expires. */
  @Column('date', { nullable: true })
  expiresOn: string | null;
}
