import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ShareEntity } from './share.entity.js';

/** A share that a document has claimed, once and for all runs. Which kind of document is not this room's business. */
@Entity('share_invoiced')
@ForeignKey(() => ShareEntity, ['collaborationId', 'shareId'], ['collaborationId', 'id'], { name: 'share_invoiced_share_fk' })
@Index('share_invoiced_by_collaboration', ['collaborationId', 'shareId'])
export class ShareInvoicedEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'share_invoiced_pk' })
  shareId: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  documentLineId: string;
}
