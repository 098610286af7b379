import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ChargeKind } from '@fairshare/contract/sharing';
import { BookingEntity } from '../bookings/booking.entity.js';
import { AgreementEntity } from '../procurement/agreement.entity.js';
import { InstalmentEntity } from '../procurement/instalment.entity.js';
import { ChargePlanEntity } from './charge-plan.entity.js';
import type { WayOfDividing } from './new-charge.js';

/** What is owed in all for something. Never changed: a mistake is put right by a charge that names this one. */
@Entity('charge')
@Unique('charge_of_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => ChargeEntity, ['collaborationId', 'correctsChargeId'], ['collaborationId', 'id'], { name: 'charge_corrects_fk' })
@ForeignKey(() => AgreementEntity, ['collaborationId', 'agreementId'], ['collaborationId', 'id'], { name: 'charge_agreement_fk' })
@ForeignKey(() => BookingEntity, ['collaborationId', 'bookingId'], ['collaborationId', 'id'], { name: 'charge_booking_fk' })
@ForeignKey(() => InstalmentEntity, ['collaborationId', 'instalmentId'], ['collaborationId', 'id'], { name: 'charge_instalment_fk' })
@Check('charge_known_kind', `kind in ('booking', 'overage', 'late-cancellation', 'instalment', 'minimum-commitment',
        'discount', 'expense', 'uplift', 'administration-fee', 'opening-balance', 'on-account', 'true-up', 'adjustment', 'credit', 'shared-post', 'group-contract')`)
@ForeignKey(() => ChargePlanEntity, ['collaborationId', 'planId'], ['collaborationId', 'id'], { name: 'charge_plan_fk' })
@Check('charge_has_description', `btrim(description) <> ''`)
@Check('charge_within_reason', `pence between -10000000000 and 10000000000 and pence <> 0`)
@Check('charge_period_in_order', `service_from <= service_to`)
@Check('charge_credit_names_charge', `kind <> 'credit' or corrects_charge_id is not null`)
@Check('charge_instalment_named', `(kind = 'instalment') = (instalment_id is not null and corrects_charge_id is null)`)
@Check('charge_estimate_is_expense', `not estimated or (kind = 'expense' and corrects_charge_id is null)`)
@Index('charge_by_day', ['collaborationId', 'belongsOn', 'id'])
@Index('charge_by_counting', ['collaborationId', 'countsOn'])
@Index('charge_by_agreement', ['collaborationId', 'agreementId'])
@Index('charge_by_correction', ['collaborationId', 'correctsChargeId'])
@Index('charge_instalment_once', ['collaborationId', 'instalmentId'], { unique: true, where: 'instalment_id is not null' })
@Index('charge_booking_once', ['collaborationId', 'bookingId', 'kind'], { unique: true, where: 'booking_id is not null and corrects_charge_id is null' })
@Index('charge_due_once', ['collaborationId', 'dueKey'], { unique: true, where: 'due_key is not null' })
@Index('charge_by_plan', ['collaborationId', 'planId'], { where: 'plan_id is not null' })
export class ChargeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'charge_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('text')
  kind: ChargeKind;

  @Column('uuid', { nullable: true })
  agreementId: string | null;

  @Column('uuid', { nullable: true })
  bookingId: string | null;

  @Column('uuid', { nullable: true })
  instalmentId: string | null;

  /** The charge that this one puts right. */
  @Column('uuid', { nullable: true })
  correctsChargeId: string | null;

  @Column('text')
  description: string;

  @Column('bigint')
  pence: number;

  @Column('date')
  serviceFrom: string;

  @Column('date')
  serviceTo: string;

  /** The day that decides which month it belongs to: a session's day, an instalment's due day, else the last day of service. */
  @Column('date')
  belongsOn: string;

  /** The day on which it counts in reports: the one it belongs to, or the first open one when that is closed. The database says it. */
  @Column({ type: 'date', insert: false, update: false })
  countsOn: string;

  @Column('date')
  chargedOn: string;

  /** A way of dividing fixed when it was charged; null means the agreement's rule in force. */
  @Column('jsonb', { nullable: true })
  wanted: WayOfDividing | null;

  /** The plan that made it. */
  @Column('uuid', { nullable: true })
  planId: string | null;

  /** What fell due, so that it is charged once. */
  @Column('text', { nullable: true })
  dueKey: string | null;

  /** How the amount was worked out, in sentences. */
  @Column('jsonb', { nullable: true })
  workings: readonly string[] | null;

  /** True for an expense whose actual sum is still to come. */
  @Column('boolean', { default: false })
  estimated: boolean;

  @Column('text')
  chargedBy: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
