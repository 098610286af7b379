import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { BankStatementEntity } from './bank-statement.entity.js';

/** A line of the bank’s statement: above zero came in, below zero went out. */
@Entity('bank_line')
@Unique('bank_line_of_collaboration', ['collaborationId', 'id'])
@Unique('bank_line_once', ['collaborationId', 'account', 'bookedOn', 'pence', 'type', 'description', 'occurrence'])
@ForeignKey(() => BankStatementEntity, ['collaborationId', 'bankStatementId'], ['collaborationId', 'id'], { name: 'bank_line_statement_fk' })
@Check('bank_line_of_something', `pence <> 0`)
@Check('bank_line_counts', `occurrence >= 1`)
@Index('bank_line_by_day', ['collaborationId', 'bookedOn'])
export class BankLineEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'bank_line_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  bankStatementId: string;

  @Column('integer')
  position: number;

  @Column('text')
  account: string;

  @Column('date')
  bookedOn: DateOnly;

  @Column('text')
  type: string;

  @Column('text')
  description: string;

  @Column('bigint')
  pence: number;

  @Column('bigint', { nullable: true })
  balancePence: number | null;

  /** 1 for the first of several alike on one day, 2 for the second: twins are two. */
  @Column('integer')
  occurrence: number;
}
