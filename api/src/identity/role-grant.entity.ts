import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '@fairshare/contract/identity';
import { UserEntity } from './user.entity.js';

/** A role that somebody holds: at one school of a collaboration, in all of it, or (administrator) over the system. */
@Entity('role_grant')
@ForeignKey(() => UserEntity, ['userId'], ['id'], { name: 'role_grant_user_fk', onDelete: 'CASCADE' })
@Check('role_grant_known_role', `role in ('administrator', 'coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'supplier', 'auditor')`)
@Check('role_grant_where', `(role = 'administrator') = (collaboration_id is null)`)
@Check('role_grant_specialist', `(role = 'specialist') = (specialist_id is not null)`)
@Index('role_grant_once_at_school', ['userId', 'role', 'collaborationId', 'schoolUrn'], { unique: true, where: 'school_urn is not null' })
@Check('role_grant_trust', `trust_code is null or (school_urn is null and role in ('business-manager', 'finance-officer', 'head', 'governor'))`)
@Check('role_grant_supplier', `supplier_id is null or role = 'supplier'`)
@Index('role_grant_once_overall', ['userId', 'role', 'collaborationId'], { unique: true, where: 'school_urn is null and trust_code is null and supplier_id is null' })
@Index('role_grant_once_at_trust', ['userId', 'role', 'collaborationId', 'trustCode'], { unique: true, where: 'trust_code is not null' })
@Index('role_grant_once_for_supplier', ['userId', 'collaborationId', 'supplierId'], { unique: true, where: 'supplier_id is not null' })
@Index('role_grant_once_administrator', ['userId'], { unique: true, where: 'collaboration_id is null' })
export class RoleGrantEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'role_grant_pk' })
  id: string;

  @Column('uuid')
  userId: string;

  @Column('text')
  role: Role;

  @Index('role_grant_by_collaboration')
  @Column('uuid', { nullable: true })
  collaborationId: string | null;

  @Column('text', { nullable: true })
  schoolUrn: string | null;

  @Column('uuid', { nullable: true })
  specialistId: string | null;

  /** The role is held at all academies of this trust that are in the collaboration. */
  @Column('text', { nullable: true })
  trustCode: string | null;

  /** For the role supplier: whose bills they are. */
  @Column('uuid', { nullable: true })
  supplierId: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  grantedAt: Date;
}
