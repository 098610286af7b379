import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ImportReport } from '@fairshare/contract/schools';
import type { ImportKind } from '@fairshare/domain/schools';

/** A national file on its way into the register. */
@Entity('school_import')
@Check('school_import_known_kind', `kind in ('gias', 'pupil-premium')`)
@Check('school_import_known_state', `state in ('waiting', 'running', 'done', 'failed')`)
@Check('school_import_report_at_end', `(state in ('done', 'failed')) = (report is not null)`)
@Index('school_import_one_at_a_time', ['kind'], { unique: true, where: `state in ('waiting', 'running')` })
@Index('school_import_by_time', ['createdAt'])
export class SchoolImportEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'school_import_pk' })
  id: string;

  @Column('text')
  kind: ImportKind;

  @Column('boolean')
  dryRun: boolean;

  @Column('text')
  fileName: string;

  /** The file itself, until the import ends. */
  @Column('bytea', { nullable: true, select: false })
  content: Buffer | null;

  @Column('text', { default: 'waiting' })
  state: 'waiting' | 'running' | 'done' | 'failed';

  /** Rows read so far. */
  @Column('integer', { default: 0 })
  done: number;

  /** Rows of the file, without its header. */
  @Column('integer', { default: 0 })
  total: number;

  @Column('jsonb', { nullable: true })
  report: ImportReport | null;

  @Column('uuid', { nullable: true })
  startedBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  startedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}
