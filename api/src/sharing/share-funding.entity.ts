import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { FundingBudgetEntity } from './funding-budget.entity.js';
import { ShareEntity } from './share.entity.js';

/** Pence of a share that a stream pays; a change is a line more, so that the lines of a share always make up the share. */
@Entity('share_funding')
@ForeignKey(() => ShareEntity, ['collaborationId', 'shareId', 'urn'], ['collaborationId', 'id', 'urn'], { name: 'share_funding_own_share_fk' })
@ForeignKey(() => FundingBudgetEntity, ['collaborationId', 'budgetId', 'urn'], ['collaborationId', 'id', 'urn'], { name: 'share_funding_own_budget_fk' })
@Index('share_funding_by_share', ['collaborationId', 'shareId'])
@Index('share_funding_by_budget', ['collaborationId', 'budgetId'])
export class ShareFundingEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'share_funding_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'share_funding_pk' })
  id: string;

  @Column('uuid')
  shareId: string;

  @Column('text')
  urn: string;

  /** Null is the school's general money. */
  @Column('uuid', { nullable: true })
  budgetId: string | null;

  @Column('bigint')
  pence: number;

  /** Why it was changed after the share was invoiced. */
  @Column('text', { nullable: true })
  reason: string | null;

  @Column('timestamptz')
  madeAt: Date;

  @Column('text')
  madeBy: string;
}
