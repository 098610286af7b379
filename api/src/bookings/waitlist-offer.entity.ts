import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { instantColumn } from '../availability/instant-column.js';
import { BookingEntity } from './booking.entity.js';
import { WaitlistEntryEntity } from './waitlist-entry.entity.js';

/** A freed period that is held for who is next in line, until it expires. */
@Entity('waitlist_offer')
@Unique('waitlist_offer_in_collaboration', ['collaborationId', 'id'])
@Unique('waitlist_offer_of_booking', ['collaborationId', 'bookingId'])
@ForeignKey(() => WaitlistEntryEntity, ['collaborationId', 'entryId'], ['collaborationId', 'id'], { name: 'waitlist_offer_entry_fk' })
@ForeignKey(() => BookingEntity, ['collaborationId', 'bookingId'], ['collaborationId', 'id'], { name: 'waitlist_offer_booking_fk' })
@Check('waitlist_offer_known_outcome', `outcome in ('accepted', 'declined', 'expired')`)
@Index('waitlist_offer_one_open', ['collaborationId', 'entryId'], { unique: true, where: 'outcome is null' })
export class WaitlistOfferEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'waitlist_offer_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  entryId: string;

  /** The hold that keeps the period. */
  @Column('uuid')
  bookingId: string;

  @Column('uuid')
  specialistId: string;

  /** When the period that is offered begins: who was offered it once is passed over. */
  @Column(instantColumn)
  freedAt: number;

  @Column(instantColumn)
  offeredAt: number;

  @Column(instantColumn)
  expiresAt: number;

  /** Null while it is open. */
  @Column('text', { nullable: true })
  outcome: 'accepted' | 'declined' | 'expired' | null;
}
