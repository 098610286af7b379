import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { MailWish } from '@fairshare/domain/bookings';
import { UserEntity } from '../identity/user.entity.js';

/** Which mails about sessions somebody wants; without a row, those that concern them. */
@Entity('mail_wish')
@ForeignKey(() => UserEntity, ['userId'], ['id'], { name: 'mail_wish_user_fk', onDelete: 'CASCADE' })
@Check('mail_wish_known', `sessions in ('mine', 'school', 'none')`)
export class MailWishEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'mail_wish_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'mail_wish_pk' })
  userId: string;

  @Column('text')
  sessions: MailWish;
}
