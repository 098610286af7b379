import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { SchoolEntity } from '../schools/school.entity.js';
import { BookingEntity } from './booking.entity.js';

/** A school's part in a booking; a joint booking has several. */
@Entity('booking_school')
@ForeignKey(() => BookingEntity, ['collaborationId', 'bookingId'], ['collaborationId', 'id'], { name: 'booking_school_booking_fk' })
@ForeignKey(() => SchoolEntity, ['urn'], ['urn'], { name: 'booking_school_school_fk' })
@Check('booking_school_takes_a_seat', 'seats between 1 and 500')
@Check('booking_school_minutes_not_negative', 'minutes >= 0')
@Check('booking_school_encrypted', `reference like '{sealed:%'`)
@Index('booking_school_by_school', ['collaborationId', 'urn', 'bookingId'])
export class BookingSchoolEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'booking_school_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'booking_school_pk' })
  bookingId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'booking_school_pk' })
  urn: string;

  /** The order in which the schools were named; the first is the host unless a place says otherwise. */
  @Column('smallint')
  position: number;

  /** How many of its people come to a training session; the database lets all schools together take no more than there are. */
  @Column('smallint', { default: 1 })
  seats: number;

  /** Attendance; null until it is delivered. */
  @Column('integer', { nullable: true })
  minutes: number | null;

  /** The school's own word for what it is about: read by that school and the named specialist only, encrypted with the school's key. */
  @Column('text', { nullable: true })
  reference: string | null;
}
