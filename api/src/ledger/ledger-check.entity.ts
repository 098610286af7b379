import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the last check of a collaboration's ledger found. */
@Entity('ledger_check')
export class LedgerCheckEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ledger_check_pk' })
  collaborationId: string;

  @Column('timestamptz')
  checkedAt: Date;

  @Column('text')
  checkedBy: string;

  @Column('bigint')
  entries: number;

  /** All postings together; nothing as long as the books are right. */
  @Column('bigint')
  penceOver: number;

  /** The first entry that does not follow from the one before it. */
  @Column('bigint', { nullable: true })
  brokenAt: number | null;

  /** Accounts whose balance is not what replaying the entries gives. */
  @Column('text', { array: true })
  differing: string[];
}
