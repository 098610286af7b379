import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Booking, BookingState, Cancellation, EarlierPeriod, LastDeed, Replanning } from '@fairshare/domain/bookings';
import { instantColumn } from '../availability/instant-column.js';
import { RoomEntity } from '../availability/room.entity.js';
import { AgreementEntity } from '../procurement/agreement.entity.js';
import { EngagementEntity } from '../procurement/engagement.entity.js';
import { SchoolEntity } from '../schools/school.entity.js';
import { BookingSeriesEntity } from './booking-series.entity.js';

/** A period of a specialist's time. Its schools and their attendance are rows of `booking_school`. */
@Entity('booking')
@Unique('booking_in_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => AgreementEntity, ['collaborationId', 'agreementId'], ['collaborationId', 'id'], { name: 'booking_agreement_fk' })
@ForeignKey(() => EngagementEntity, ['collaborationId', 'specialistId'], ['collaborationId', 'specialistId'], { name: 'booking_engagement_fk' })
@ForeignKey(() => BookingSeriesEntity, ['collaborationId', 'seriesId'], ['collaborationId', 'id'], { name: 'booking_series_fk' })
@ForeignKey(() => RoomEntity, ['collaborationId', 'roomId'], ['collaborationId', 'id'], { name: 'booking_room_fk' })
@ForeignKey(() => SchoolEntity, ['placeUrn'], ['urn'], { name: 'booking_place_fk' })
@Check('booking_ends_after_start', 'ends_at > starts_at')
@Check('booking_known_state', `state in ('held', 'requested', 'confirmed', 'delivered', 'needs-replanning', 'cancelled', 'declined', 'expired')`)
@Check('booking_delivered_says_when', `(state = 'delivered') = (delivered_at is not null)`)
@Check('booking_cancelled_says_why', `(state = 'cancelled') = (cancellation is not null)`)
@Check('booking_replanning_says_why', `(state = 'needs-replanning') = (replanning is not null)`)
@Check('booking_capacity_within_reason', 'capacity between 2 and 500')
@Check('booking_charge_is_a_part', 'charge_basis_points between 0 and 10000')
@Index('booking_kept', ['keptUntil'], { where: 'kept_until is not null' })
@Index('booking_by_start', ['collaborationId', 'startsAt'])
@Index('booking_by_specialist', ['collaborationId', 'specialistId', 'startsAt'])
@Index('booking_by_agreement', ['collaborationId', 'agreementId', 'startsAt'])
@Index('booking_by_series', ['collaborationId', 'seriesId'], { where: 'series_id is not null' })
export class BookingEntity implements Omit<Booking, 'schoolUrns' | 'place' | 'attendance' | 'requestedBy'> {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'booking_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  agreementId: string;

  @Column('uuid')
  specialistId: string;

  @Column(instantColumn)
  startsAt: number;

  @Column(instantColumn)
  endsAt: number;

  /** The host site; null when the session is remote. */
  @Column('text', { nullable: true })
  placeUrn: string | null;

  @Column('uuid', { nullable: true })
  roomId: string | null;

  /** Seats of a training session; null when the schools are those that were named. */
  @Column('smallint', { nullable: true })
  capacity: number | null;

  @Column('text')
  state: BookingState;

  @Column('uuid', { nullable: true })
  seriesId: string | null;

  /** The user who asked; null when it was no person. */
  @Column('uuid', { nullable: true })
  requestedBy: string | null;

  /** The name as it was then. */
  @Column('text')
  requestedByName: string;

  /** The school it was booked for by somebody of another place. */
  @Column('text', { nullable: true })
  onBehalfOf: string | null;

  /** The day it was booked: the price of that day can hold. */
  @Column('date')
  orderedOn: string;

  @Column({ ...instantColumn, nullable: true })
  keptUntil: number | null;

  @Column('uuid', { nullable: true })
  decidedBy: string | null;

  @Column('jsonb', { nullable: true })
  cancellation: Cancellation | null;

  /** What part of the price the cancellation cost; null unless cancelled. */
  @Column('integer', { nullable: true })
  chargeBasisPoints: number | null;

  @Column('jsonb', { nullable: true })
  replanning: Replanning | null;

  @Column({ ...instantColumn, nullable: true })
  deliveredAt: number | null;

  @Column('jsonb', { default: () => "'[]'" })
  movedFrom: EarlierPeriod[];

  /** What its person could still take back as a slip. */
  @Column('jsonb', { nullable: true })
  lastDeed: LastDeed | null;

  @Column('integer', { default: 0 })
  sequence: number;

  @Column(instantColumn)
  createdAt: number;

  @Column(instantColumn)
  changedAt: number;
}
