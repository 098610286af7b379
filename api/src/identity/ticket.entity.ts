import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { UserEntity } from './user.entity.js';

/** Something begun that is finished once and soon, or never: a challenge, a second step, a link in a mail. */
@Entity('ticket')
@ForeignKey(() => UserEntity, ['userId'], ['id'], { name: 'ticket_user_fk', onDelete: 'CASCADE' })
export class TicketEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'ticket_pk' })
  tokenHash: string;

  @Column('text')
  kind: string;

  @Index('ticket_by_user')
  @Column('uuid', { nullable: true })
  userId: string | null;

  @Column('jsonb')
  facts: Record<string, unknown>;

  @Index('ticket_by_end')
  @Column('timestamptz')
  expiresAt: Date;
}
