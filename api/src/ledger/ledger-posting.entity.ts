import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { LedgerEntryEntity } from './ledger-entry.entity.js';

/** One line of an entry: above zero is a debit, below zero a credit. */
@Entity('ledger_posting')
@ForeignKey(() => LedgerEntryEntity, ['collaborationId', 'entryId'], ['collaborationId', 'id'], { name: 'ledger_posting_entry_fk', deferrable: 'INITIALLY DEFERRED' })
@Check('ledger_posting_known_account', `account ~ '^[a-z]+(-[a-z]+)*$'`)
@Index('ledger_posting_by_account', ['collaborationId', 'account', 'schoolUrn'])
export class LedgerPostingEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ledger_posting_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ledger_posting_pk' })
  entryId: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'ledger_posting_pk' })
  line: number;

  @Column('text')
  account: string;

  @Column('text', { nullable: true })
  schoolUrn: string | null;

  @Column('bigint')
  pence: number;
}
