import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { DateOnly } from '@fairshare/domain/kernel/period';

/** What happened, once and for all: its postings, its number and the hash that ties it to the entry before. Written by `Ledger` only. */
@Entity('ledger_entry')
@Unique('ledger_entry_in_collaboration', ['collaborationId', 'id'])
@Unique('ledger_entry_numbered_once', ['collaborationId', 'sequence'])
@Unique('ledger_entry_corrected_once', ['collaborationId', 'correctsId'])
@ForeignKey(() => LedgerEntryEntity, ['collaborationId', 'correctsId'], ['collaborationId', 'id'], { name: 'ledger_entry_corrects_fk' })
@Check('ledger_entry_known_kind', `kind ~ '^[a-z]+(-[a-z]+)*$'`)
@Check('ledger_entry_not_before_service', `posted_on >= service_on`)
@Check('ledger_entry_says_what', `btrim(description) <> ''`)
@Index('ledger_entry_by_date', ['collaborationId', 'postedOn'])
@Index('ledger_entry_by_source', ['collaborationId', 'sourceKind', 'sourceId'])
export class LedgerEntryEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ledger_entry_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  /** 1, 2, 3 … within the collaboration, without gaps. */
  @Column('bigint')
  sequence: number;

  @Column('text')
  kind: string;

  /** The day of the service it is about; never moved. */
  @Column('date')
  serviceOn: DateOnly;

  /** The day on which it came about: an invoice's issue, a payment's value date. */
  @Column('date')
  happenedOn: DateOnly;

  /** The day it counts on: the service's, or the first open one after a period close. */
  @Column('date')
  postedOn: DateOnly;

  @Column('text')
  sourceKind: string;

  @Column('text')
  sourceId: string;

  @Column('text')
  description: string;

  /** The entry that this one takes back. */
  @Column('uuid', { nullable: true })
  correctsId: string | null;

  @Column('timestamptz')
  recordedAt: Date;

  @Column('text')
  recordedBy: string;

  @Column('text')
  previousHash: string;

  @Column('text')
  hash: string;
}
