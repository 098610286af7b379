import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { BankLineEntity } from './bank-line.entity.js';
import { PaymentEntity } from './payment.entity.js';

/** The tie between a bank line and a payment. Undone, it stays as history. */
@Entity('bank_match')
@ForeignKey(() => BankLineEntity, ['collaborationId', 'bankLineId'], ['collaborationId', 'id'], { name: 'bank_match_line_fk' })
@ForeignKey(() => PaymentEntity, ['collaborationId', 'paymentId'], ['collaborationId', 'id'], { name: 'bank_match_payment_fk' })
@Check('bank_match_undone_by_somebody', `(undone_by is null) = (undone_at is null)`)
@Index('bank_match_line_once', ['collaborationId', 'bankLineId'], { unique: true, where: 'undone_at is null' })
@Index('bank_match_payment_once', ['collaborationId', 'paymentId'], { unique: true, where: 'undone_at is null' })
export class BankMatchEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'bank_match_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  bankLineId: string;

  @Column('uuid')
  paymentId: string;

  /** True when the match made the payment, so that undoing it reverses the payment. */
  @Column('boolean')
  madePayment: boolean;

  @Column('text')
  reason: string;

  @Column('text')
  matchedBy: string;

  @Column('timestamptz')
  matchedAt: Date;

  @Column('text', { nullable: true })
  undoneBy: string | null;

  @Column('timestamptz', { nullable: true })
  undoneAt: Date | null;
}
