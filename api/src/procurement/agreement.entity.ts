import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { BaselineMethod, CancellationTerm, InstalmentPlan, PriceBasis, Unit } from '@fairshare/domain/procurement';
import { ServiceEntity } from './service.entity.js';
import { SupplierEntity } from './supplier.entity.js';

/** The award: a supplier delivers a service for a term on these terms. Prices, rules and subscriptions stand beside it, by date. */
@Entity('agreement')
@Unique('agreement_of_collaboration', ['collaborationId', 'id'])
@Unique('agreement_name_once', ['collaborationId', 'name'])
@ForeignKey(() => ServiceEntity, ['collaborationId', 'serviceId'], ['collaborationId', 'id'], { name: 'agreement_service_fk' })
@ForeignKey(() => SupplierEntity, ['collaborationId', 'supplierId'], ['collaborationId', 'id'], { name: 'agreement_supplier_fk' })
@Check('agreement_has_name', `btrim(name) <> ''`)
@Check('agreement_ends_after_start', 'ends_on >= starts_on')
@Check('agreement_known_price_basis', `price_basis in ('hour', 'half-day', 'day', 'session', 'retainer')`)
@Check('agreement_known_price_at', `price_at in ('order', 'delivery')`)
@Check('agreement_known_unit', `unit in ('hour', 'half-day', 'day', 'session')`)
@Check('agreement_retainer_within_reason', 'retainer_pence between 1 and 10000000000')
@Check('agreement_retainer_has_plan', '(retainer_pence is null) = (instalment_plan is null)')
@Check('agreement_retainer_when_basis', `price_basis <> 'retainer' or retainer_pence is not null`)
@Check('agreement_known_plan', `instalment_plan in ('once', 'monthly-12', 'termly-3', 'sept-march-april-august')`)
@Check('agreement_carry_over_within_reason', 'carry_over_milliunits between 1 and 1000000000')
@Check('agreement_reciprocal_costs_nothing', 'not reciprocal or retainer_pence is null')
@Check('agreement_commitment_positive', 'minimum_commitment_milliunits between 1 and 1000000000')
@Check('agreement_notice_within_reason', 'notice_days between 0 and 1100 and lead_time_days between 0 and 1100')
@Check('agreement_objection_within_reason', 'objection_days between 0 and 60')
@Check('agreement_one_minimum_notice', 'num_nonnulls(minimum_notice_hours, minimum_notice_days) = 1 and coalesce(minimum_notice_hours, 0) between 0 and 8760 and coalesce(minimum_notice_days, 0) between 0 and 365')
@Check('agreement_horizon_within_reason', 'horizon_days between 0 and 1100')
@Check('agreement_step_within_reason', 'step_minutes between 5 and 480')
@Check('agreement_half_days_in_order', '0 <= morning_start_minute and morning_start_minute < morning_end_minute and morning_end_minute <= afternoon_start_minute and afternoon_start_minute < afternoon_end_minute and afternoon_end_minute <= 1440')
@Check('agreement_margins_within_reason', 'before_minutes between 0 and 240 and after_minutes between 0 and 240')
@Check('agreement_baseline_whole', 'num_nonnulls(baseline_name, baseline_price_pence, baseline_method) in (0, 3)')
@Check('agreement_baseline_price_positive', 'baseline_price_pence between 1 and 10000000000')
@Check('agreement_known_baseline_method', `baseline_method in ('price-paid-before', 'quoted-singly', 'list-price', 'benchmark')`)
@Index('agreement_by_end', ['collaborationId', 'endsOn'])
@Index('agreement_by_service', ['collaborationId', 'serviceId'])
@Index('agreement_by_supplier', ['collaborationId', 'supplierId'])
export class AgreementEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'agreement_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  serviceId: string;

  @Column('uuid')
  supplierId: string;

  @Column('text')
  name: string;

  @Column('date')
  startsOn: string;

  /** The last day. */
  @Column('date')
  endsOn: string;

  @Column('text')
  priceBasis: PriceBasis;

  /** Whether the price is that of the day of order or of delivery. */
  @Column('text')
  priceAt: 'order' | 'delivery';

  @Column('text')
  unit: Unit;

  /** What is paid by instalments for the whole term. */
  @Column('bigint', { nullable: true })
  retainerPence: number | null;

  @Column('text', { nullable: true })
  instalmentPlan: InstalmentPlan | null;

  /** Thousandths of the unit that are paid for whether they are used or not, over the whole term. */
  @Column('bigint', { nullable: true })
  minimumCommitmentMilliunits: number | null;

  /** What one school at most takes over of what is left into its next period. */
  @Column('bigint', { nullable: true })
  carryOverMilliunits: number | null;

  /** The schools give each other time and nobody pays. */
  @Column('boolean', { default: false })
  reciprocal: boolean;

  @Column('integer')
  noticeDays: number;

  /** How long it takes to find another supplier. */
  @Column('integer')
  leadTimeDays: number;

  @Column('jsonb')
  cancellationBands: CancellationTerm[];

  @Column('boolean')
  needsApproval: boolean;

  /** Working days in which a school may say that a session did not happen as told. */
  @Column('integer')
  objectionDays: number;

  @Column('integer', { nullable: true })
  minimumNoticeHours: number | null;

  @Column('integer', { nullable: true })
  minimumNoticeDays: number | null;

  @Column('integer')
  horizonDays: number;

  @Column('integer', { array: true })
  lengthsMinutes: number[];

  @Column('integer', { nullable: true })
  stepMinutes: number | null;

  @Column('integer')
  morningStartMinute: number;

  @Column('integer')
  morningEndMinute: number;

  @Column('integer')
  afternoonStartMinute: number;

  @Column('integer')
  afternoonEndMinute: number;

  @Column('integer')
  beforeMinutes: number;

  @Column('integer')
  afterMinutes: number;

  @Column('boolean')
  payAsYouGo: boolean;

  /** Null asks for every type that is on record for the specialist. */
  @Column('text', { array: true, nullable: true })
  requiredCredentials: string[] | null;

  @Column('text', { nullable: true })
  baselineName: string | null;

  @Column('bigint', { nullable: true })
  baselinePricePence: number | null;

  @Column('text', { nullable: true })
  baselineMethod: BaselineMethod | null;
}
