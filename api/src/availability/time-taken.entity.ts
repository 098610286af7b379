import { Check, Column, Entity, Exclusion, Index, PrimaryColumn } from 'typeorm';
import { instantColumn } from './instant-column.js';

/**
 * Time of a specialist or a room that something occupies. It belongs to no collaboration and says nothing about
 * who took it, so that a specialist who serves two collaborations is never sold twice.
 */
@Entity('time_taken')
@Check('time_taken_known_kind', `resource_kind in ('specialist', 'room', 'absence')`)
@Check('time_taken_ends_after_start', 'ends_at > starts_at')
@Exclusion('time_taken_never_twice', `using gist (resource_id with =, tstzrange(starts_at, ends_at) with &&) where (resource_kind <> 'absence')`)
@Index('time_taken_by_resource', ['resourceId', 'endsAt'])
@Index('time_taken_kept', ['resourceId'], { where: 'kept_until is not null' })
export class TimeTakenEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'time_taken_pk' })
  id: string;

  /** `absence` is a specialist's time away: it may lie over bookings, which then need re-planning. */
  @Column('text')
  resourceKind: 'specialist' | 'room' | 'absence';

  /** The specialist's or the room's id. */
  @Column('uuid')
  resourceId: string;

  @Column(instantColumn)
  startsAt: number;

  @Column(instantColumn)
  endsAt: number;

  /** Minutes kept free before it; travel comes on top. */
  @Column('smallint', { default: 0 })
  beforeMinutes: number;

  @Column('smallint', { default: 0 })
  afterMinutes: number;

  /** Where it is, for the journey to the next; null when it is remote. */
  @Column('text', { nullable: true })
  siteUrn: string | null;

  /** A hold's time is free from then on, whether or not anybody has cleared it away; null for what stays. */
  @Column({ ...instantColumn, nullable: true })
  keptUntil: number | null;

  /** The booking or absence that holds it. */
  @Index('time_taken_by_holder')
  @Column('uuid')
  holderId: string;
}
