import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { DisputeState } from '@fairshare/domain/billing';
import { SchoolEntity } from '../schools/school.entity.js';
import { ChargeEntity } from '../sharing/charge.entity.js';
import { ShareEntity } from '../sharing/share.entity.js';
import { CreditNoteEntity } from './credit-note.entity.js';

/** A school says that its share is wrong. While it is open the share is out of the ageing; once decided it never changes. */
@Entity('dispute')
@Unique('dispute_of_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => ShareEntity, ['collaborationId', 'shareId'], ['collaborationId', 'id'], { name: 'dispute_share_fk' })
@ForeignKey(() => ChargeEntity, ['collaborationId', 'chargeId'], ['collaborationId', 'id'], { name: 'dispute_charge_fk' })
@ForeignKey(() => SchoolEntity, ['urn'], ['urn'], { name: 'dispute_school_fk' })
@ForeignKey(() => CreditNoteEntity, ['collaborationId', 'creditNoteId'], ['collaborationId', 'id'], { name: 'dispute_credit_note_fk' })
@ForeignKey(() => ChargeEntity, ['collaborationId', 'creditChargeId'], ['collaborationId', 'id'], { name: 'dispute_credit_charge_fk' })
@Check('dispute_known_state', `state in ('open', 'upheld', 'rejected', 'withdrawn')`)
@Check('dispute_says_why', `btrim(reason) <> ''`)
@Check('dispute_decided_when_over', `(state = 'open') = (decided_at is null) and (decided_at is null) = (decided_by is null)`)
@Check(
  'dispute_upheld_is_corrected',
  `(state = 'upheld') = (upheld_pence > 0) and upheld_pence >= 0
          and (state = 'upheld') = (num_nonnulls(credit_note_id, credit_charge_id) = 1) and num_nonnulls(credit_note_id, credit_charge_id) <= 1`,
)
@Index('dispute_open_once', ['collaborationId', 'shareId'], { unique: true, where: `state = 'open'` })
@Index('dispute_by_school', ['collaborationId', 'urn', 'state'])
export class DisputeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'dispute_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  shareId: string;

  @Column('uuid')
  chargeId: string;

  /** The school whose share it is. */
  @Column('text')
  urn: string;

  @Column('text')
  reason: string;

  @Column('text')
  state: DisputeState;

  @Column('timestamptz')
  openedAt: Date;

  @Column('text')
  openedBy: string;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;

  @Column('text', { nullable: true })
  decidedBy: string | null;

  /** Why it was decided so. */
  @Column('text', { nullable: true })
  decision: string | null;

  /** What the school no longer owes of its share, without VAT; nothing unless it was upheld. */
  @Column('bigint')
  upheldPence: number;

  /** The credit note that took it back when the share was invoiced. */
  @Column('uuid', { nullable: true })
  creditNoteId: string | null;

  /** The credit that took it back when it was not. */
  @Column('uuid', { nullable: true })
  creditChargeId: string | null;
}
