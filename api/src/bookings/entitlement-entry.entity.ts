import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { EntitlementEntry, EntitlementEntryKind } from '@fairshare/domain/bookings';
import { instantColumn } from '../availability/instant-column.js';
import { AgreementEntity } from '../procurement/agreement.entity.js';
import { SchoolEntity } from '../schools/school.entity.js';
import { BookingEntity } from './booking.entity.js';

/** One line of the entitlement ledger: never changed, never removed. What was granted stands in the subscription. */
@Entity('entitlement_entry')
@Unique('entitlement_entry_in_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => AgreementEntity, ['collaborationId', 'agreementId'], ['collaborationId', 'id'], { name: 'entitlement_entry_agreement_fk' })
@ForeignKey(() => BookingEntity, ['collaborationId', 'bookingId'], ['collaborationId', 'id'], { name: 'entitlement_entry_booking_fk' })
@ForeignKey(() => SchoolEntity, ['schoolUrn'], ['urn'], { name: 'entitlement_entry_school_fk' })
@ForeignKey(() => SchoolEntity, ['counterpartUrn'], ['urn'], { name: 'entitlement_entry_counterpart_fk' })
@Check('entitlement_entry_period_in_order', 'period_to >= period_from')
@Check('entitlement_entry_known_kind', `kind in ('granted', 'taken', 'returned', 'lent', 'borrowed', 'expired', 'carried-over')`)
@Check('entitlement_entry_signed', `case when kind in ('granted', 'returned', 'borrowed') then milliunits > 0 when kind in ('taken', 'lent', 'expired') then milliunits < 0 else milliunits <> 0 end`)
@Check('entitlement_entry_names_counterpart', `(kind in ('lent', 'borrowed')) = (counterpart_urn is not null)`)
@Index('entitlement_entry_by_agreement', ['collaborationId', 'agreementId', 'schoolUrn'])
@Index('entitlement_entry_by_booking', ['collaborationId', 'bookingId'], { where: 'booking_id is not null' })
export class EntitlementEntryEntity implements Omit<EntitlementEntry, 'period' | 'on'> {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'entitlement_entry_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  agreementId: string;

  @Column('text')
  schoolUrn: string;

  /** The span in which the units may be used. */
  @Column('date')
  periodFrom: string;

  @Column('date')
  periodTo: string;

  @Column('text')
  kind: EntitlementEntryKind;

  /** Signed thousandths of the agreement's unit: what adds to the balance is positive. */
  @Column('bigint')
  milliunits: number;

  @Column('date')
  happenedOn: string;

  @Column('uuid', { nullable: true })
  bookingId: string | null;

  @Column('text', { nullable: true })
  counterpartUrn: string | null;

  @Column('text')
  recordedBy: string;

  @Column(instantColumn)
  recordedAt: number;
}
