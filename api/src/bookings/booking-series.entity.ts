import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { instantColumn } from '../availability/instant-column.js';

/** Bookings made together by a recurrence rule. */
@Entity('booking_series')
@Unique('booking_series_in_collaboration', ['collaborationId', 'id'])
export class BookingSeriesEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'booking_series_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  /** What was asked for, as it was asked. */
  @Column('jsonb')
  recurrence: object;

  @Column('text')
  createdBy: string;

  @Column(instantColumn)
  createdAt: number;
}
