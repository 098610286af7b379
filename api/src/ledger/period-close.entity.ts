import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { DateOnly } from '@fairshare/domain/kernel/period';

/** After it nothing more is posted on or before its day. */
@Entity('period_close')
@Unique('period_close_once', ['collaborationId', 'throughOn'])
export class PeriodCloseEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'period_close_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('date')
  throughOn: DateOnly;

  @Column('timestamptz')
  closedAt: Date;

  @Column('text')
  closedBy: string;
}
