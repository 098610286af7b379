import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A file of the bank that was read. */
@Entity('bank_statement')
@Unique('bank_statement_of_collaboration', ['collaborationId', 'id'])
export class BankStatementEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'bank_statement_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('text')
  fileName: string;

  @Column('timestamptz')
  importedAt: Date;

  @Column('text')
  importedBy: string;
}
