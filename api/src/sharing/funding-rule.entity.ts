import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { FundingPart } from '@fairshare/domain/sharing';
import { ServiceEntity } from '../procurement/service.entity.js';
import { SchoolEntity } from '../schools/school.entity.js';

/** From which streams a school pays its shares of a service, or of every service that has no rule of its own. */
@Entity('funding_rule')
@ForeignKey(() => SchoolEntity, ['urn'], ['urn'], { name: 'funding_rule_school_fk' })
@ForeignKey(() => ServiceEntity, ['collaborationId', 'serviceId'], ['collaborationId', 'id'], { name: 'funding_rule_service_fk' })
@Index('funding_rule_of_service', ['collaborationId', 'urn', 'serviceId'], { unique: true, where: 'service_id is not null' })
@Index('funding_rule_of_school', ['collaborationId', 'urn'], { unique: true, where: 'service_id is null' })
export class FundingRuleEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'funding_rule_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('text')
  urn: string;

  @Column('uuid', { nullable: true })
  serviceId: string | null;

  /** By the names of streams, so that next year's budgets of the same name follow. */
  @Column('jsonb')
  parts: readonly FundingPart[];

  @Column('text')
  setBy: string;

  @Column('timestamptz')
  setAt: Date;
}
