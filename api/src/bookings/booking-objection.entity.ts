import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../availability/instant-column.js';
import { BookingSchoolEntity } from './booking-school.entity.js';

/** A school says that a delivered session did not happen as was said. Once it is decided it never changes. */
@Entity('booking_objection')
@ForeignKey(() => BookingSchoolEntity, ['collaborationId', 'bookingId', 'schoolUrn'], ['collaborationId', 'bookingId', 'urn'], { name: 'booking_objection_school_fk' })
@Check('booking_objection_known_outcome', `outcome in ('upheld', 'rejected')`)
@Check('booking_objection_decided_whole', 'num_nonnulls(outcome, decided_by, decided_at) in (0, 3)')
export class BookingObjectionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'booking_objection_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'booking_objection_pk' })
  bookingId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'booking_objection_pk' })
  schoolUrn: string;

  @Column('text')
  reason: string;

  @Column('text')
  objectedBy: string;

  @Column(instantColumn)
  objectedAt: number;

  /** Null while it is disputed. */
  @Column('text', { nullable: true })
  outcome: 'upheld' | 'rejected' | null;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('text', { nullable: true })
  decidedBy: string | null;

  @Column({ ...instantColumn, nullable: true })
  decidedAt: number | null;
}
