import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { CollaborationEntity } from '../schools/collaboration.entity.js';
import type { RunProblem } from './run-problem.js';

/** One making of drafts for a period, as a job that can be killed and started again. */
@Entity('invoice_run')
@Unique('invoice_run_of_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => CollaborationEntity, ['collaborationId'], ['id'], { name: 'invoice_run_collaboration_fk' })
@Check('invoice_run_known_state', `state in ('waiting', 'running', 'done', 'failed')`)
@Check('invoice_run_in_order', `from_on <= to_on`)
@Index('invoice_run_once_at_a_time', ['collaborationId', 'fromOn', 'toOn'], { unique: true, where: "state in ('waiting', 'running')" })
@Index('invoice_run_by_start', ['collaborationId', 'startedAt'])
export class InvoiceRunEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'invoice_run_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('date')
  fromOn: DateOnly;

  @Column('date')
  toOn: DateOnly;

  @Column('text')
  state: 'waiting' | 'running' | 'done' | 'failed';

  /** Documents that the run set out to make; how many are made is counted. */
  @Column('integer', { default: 0 })
  total: number;

  @Column('jsonb', { default: [] })
  problems: RunProblem[];

  @Column('timestamptz')
  startedAt: Date;

  @Column('text')
  startedBy: string;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}
