import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { instantColumn } from '../availability/instant-column.js';

/** A secret, revocable address at which a calendar program reads bookings. Only a hash of the secret is kept. */
@Entity('calendar_feed')
@Unique('calendar_feed_in_collaboration', ['collaborationId', 'id'])
@Unique('calendar_feed_token_once', ['tokenHash'])
@Check('calendar_feed_known_kind', `kind in ('specialist', 'school', 'collaboration')`)
export class CalendarFeedEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'calendar_feed_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('text')
  tokenHash: string;

  @Column('text')
  kind: 'specialist' | 'school' | 'collaboration';

  /** The specialist's id, the school's URN, or the collaboration's id. */
  @Column('text')
  subject: string;

  @Column('uuid', { nullable: true })
  createdBy: string | null;

  @Column(instantColumn)
  createdAt: number;

  @Column({ ...instantColumn, nullable: true })
  revokedAt: number | null;
}
