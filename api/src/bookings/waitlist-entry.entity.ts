import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { instantColumn } from '../availability/instant-column.js';
import { AgreementEntity } from '../procurement/agreement.entity.js';

/** A school, or several together, that wait for time to become free. */
@Entity('waitlist_entry')
@Unique('waitlist_entry_in_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => AgreementEntity, ['collaborationId', 'agreementId'], ['collaborationId', 'id'], { name: 'waitlist_entry_agreement_fk' })
@Check('waitlist_entry_known_state', `state in ('waiting', 'offered', 'booked', 'left')`)
@Check('waitlist_entry_has_school', 'cardinality(urns) > 0')
@Check('waitlist_entry_ends_after_start', 'within_to > within_from')
@Check('waitlist_entry_has_length', 'minutes > 0')
@Index('waitlist_entry_in_line', ['collaborationId', 'state', 'askedAt'])
export class WaitlistEntryEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'waitlist_entry_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  agreementId: string;

  /** Only this specialist; null when any of the agreement's will do. */
  @Column('uuid', { nullable: true })
  specialistId: string | null;

  /** The first is the host unless `placeUrn` says otherwise. */
  @Column('text', { array: true })
  urns: string[];

  @Column('text', { nullable: true })
  placeUrn: string | null;

  @Column('boolean', { default: false })
  remote: boolean;

  @Column('integer')
  minutes: number;

  @Column(instantColumn)
  withinFrom: number;

  @Column(instantColumn)
  withinTo: number;

  @Column('text')
  state: 'waiting' | 'offered' | 'booked' | 'left';

  @Column('uuid', { nullable: true })
  askedBy: string | null;

  @Column('text')
  askedByName: string;

  /** Its place in line. */
  @Column(instantColumn)
  askedAt: number;
}
