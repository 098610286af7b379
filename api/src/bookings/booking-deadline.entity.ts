import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../availability/instant-column.js';
import { BookingEntity } from './booking.entity.js';

/** The day by which a session has to have taken place, by law or by agreement: what is re-planned first. */
@Entity('booking_deadline')
@ForeignKey(() => BookingEntity, ['collaborationId', 'bookingId'], ['collaborationId', 'id'], { name: 'booking_deadline_booking_fk' })
export class BookingDeadlineEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'booking_deadline_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'booking_deadline_pk' })
  bookingId: string;

  @Column('date')
  dueOn: string;

  @Column('text', { nullable: true })
  why: string | null;

  @Column('text')
  setBy: string;

  @Column(instantColumn)
  setAt: number;
}
