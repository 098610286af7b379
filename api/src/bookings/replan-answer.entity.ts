import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { BeforeAnswer } from '@fairshare/domain/bookings';
import { instantColumn } from '../availability/instant-column.js';
import { BookingEntity } from './booking.entity.js';

/** What somebody answered for a booking that needed re-planning, with what it was before: it can be taken back while nothing else has changed. */
@Entity('replan_answer')
@Unique('replan_answer_in_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => BookingEntity, ['collaborationId', 'bookingId'], ['collaborationId', 'id'], { name: 'replan_answer_booking_fk' })
@Check('replan_answer_known_answer', `answer in ('accepted', 'given-up')`)
@Index('replan_answer_by_booking', ['collaborationId', 'bookingId'])
@Index('replan_answer_by_time', ['collaborationId', 'answeredAt'])
export class ReplanAnswerEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'replan_answer_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  bookingId: string;

  @Column('text')
  answer: 'accepted' | 'given-up';

  @Column('jsonb')
  before: BeforeAnswer;

  /** The booking's own, right after the answer: when it has grown, something else came in between. */
  @Column('integer')
  sequence: number;

  @Column('text')
  answeredBy: string;

  @Column(instantColumn)
  answeredAt: number;

  @Column({ ...instantColumn, nullable: true })
  undoneAt: number | null;
}
