import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** A mail in the outbox. Written by the platform in the transaction that causes it. */
@Entity('mail')
@Unique('mail_message_once', ['messageId'])
@Check('mail_known_state', `state in ('waiting', 'sent', 'failed', 'kept')`)
@Check('mail_known_method', `calendar_method in ('REQUEST', 'CANCEL', 'PUBLISH')`)
@Check('mail_sent_says_when', `(state = 'sent') = (sent_at is not null)`)
@Check('mail_encrypted', `to_address like '{sealed:%' and subject like '{sealed:%' and html like '{sealed:%' and calendar_content like '{sealed:%' and last_error like '{sealed:%'`)
@Index('mail_by_time', ['createdAt'])
@Index('mail_by_reader', ['toIndex'])
@Index('mail_by_subject', ['aboutId'], { where: 'about_id is not null' })
export class MailEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'mail_pk' })
  id: string;

  /** Made once: a repeat after a crash carries the same. */
  @Column('text')
  messageId: string;

  @Column('uuid', { nullable: true })
  collaborationId: string | null;

  /** Encrypted, as is all that the mail says. */
  @Column('text')
  toAddress: string;

  /** By it the mails to somebody are found. */
  @Column('text', { nullable: true })
  toIndex: string | null;

  @Column('text')
  subject: string;

  @Column('text')
  text: string;

  @Column('text', { nullable: true })
  html: string | null;

  @Column('text', { nullable: true })
  calendarMethod: 'REQUEST' | 'CANCEL' | 'PUBLISH' | null;

  @Column('text', { nullable: true })
  calendarContent: string | null;

  /** Holds a link or a code that works once: forgotten when delivered. */
  @Column('boolean', { default: false })
  secret: boolean;

  @Column('text', { nullable: true })
  aboutKind: string | null;

  @Column('text', { nullable: true })
  aboutId: string | null;

  @Column('text')
  state: 'waiting' | 'sent' | 'failed' | 'kept';

  @Column('integer', { default: 0 })
  tries: number;

  @Column('text', { nullable: true })
  lastError: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  triedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;
}
