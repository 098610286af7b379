import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ShareEntity } from './share.entity.js';

/** A share that a document has claimed, once and for all runs. Which kind of document is not this room's business. */
@Entity('share_invoiced')
@ForeignKey(() => ShareEntity, ['collaborationId', 'shareId'], ['collaborationId', 'id'], { name: 'share_invoiced_share_fk' })
export class ShareInvoicedEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'share_invoiced_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'share_invoiced_pk' })
  shareId: string;

  @Column('uuid')
  documentLineId: string;
}
