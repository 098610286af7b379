import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ChargePlan, PlanKind, PlanTerms } from '@fairshare/domain/sharing';
import { AgreementEntity } from '../procurement/agreement.entity.js';

/** A standing instruction to charge. The database lets it be stopped, once, and nothing else. */
@Entity('charge_plan')
@Unique('charge_plan_of_collaboration', ['collaborationId', 'id'])
@Unique('charge_plan_name_once', ['collaborationId', 'name'])
@ForeignKey(() => AgreementEntity, ['collaborationId', 'agreementId'], ['collaborationId', 'id'], { name: 'charge_plan_agreement_fk' })
@Check('charge_plan_known_kind', `kind in ('administration-fee', 'discount', 'group-contract', 'on-account', 'shared-post', 'uplift')`)
@Check('charge_plan_has_name', `btrim(name) <> ''`)
@Check('charge_plan_in_order', 'starts_on <= ends_on')
@Check('charge_plan_has_agreement', `agreement_id is not null or kind in ('administration-fee', 'on-account')`)
@Index('charge_plan_by_agreement', ['collaborationId', 'agreementId'])
export class ChargePlanEntity implements ChargePlan {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'charge_plan_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid', { nullable: true })
  agreementId: string | null;

  @Column('text')
  kind: PlanKind;

  @Column('text')
  name: string;

  @Column('date')
  startsOn: string;

  @Column('date')
  endsOn: string;

  /** Nothing that falls due after this day is charged. */
  @Column('date', { nullable: true })
  stoppedOn: string | null;

  @Column('jsonb')
  terms: PlanTerms;

  @Column('text')
  madeBy: string;

  @Column('timestamptz')
  madeAt: Date;
}
