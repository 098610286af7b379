import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Subscription } from '@fairshare/domain/procurement';
import { SchoolEntity } from '../schools/school.entity.js';
import { AgreementEntity } from './agreement.entity.js';

/** A school's part in an agreement. */
@Entity('subscription')
@Unique('subscription_of_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => AgreementEntity, ['collaborationId', 'agreementId'], ['collaborationId', 'id'], { name: 'subscription_agreement_fk' })
@ForeignKey(() => SchoolEntity, ['urn'], ['urn'], { name: 'subscription_school_fk' })
@Check('subscription_ends_after_start', 'until_on >= from_on')
@Check('subscription_entitlement_not_negative', 'entitlement_milliunits between 0 and 1000000000')
@Exclusion('subscription_never_overlaps', `using gist (collaboration_id with =, agreement_id with =, urn with =, daterange(from_on, until_on, '[]') with &&)`)
@Index('subscription_by_school', ['collaborationId', 'urn'])
export class SubscriptionEntity implements Subscription {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'subscription_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  agreementId: string;

  @Column('text')
  urn: string;

  @Column('date')
  fromOn: string;

  /** The last day; null runs to the end of the agreement. */
  @Column('date', { nullable: true })
  untilOn: string | null;

  /** Thousandths of the agreement's unit that are bought in advance; null when nothing is. */
  @Column('bigint', { nullable: true })
  entitlementMilliunits: number | null;
}
